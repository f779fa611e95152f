/** How to reach one database as one role; `pg` takes it as it stands. */
export type ConnectionSettings = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** Speaks TLS, and checks the server's certificate and name, against these authorities where they are given. */
  readonly ssl?: { readonly ca?: string };
  /** Settings of the session, as `-c name=value`: `-c role=…` comes in another role's name. */
  readonly options?: string;
};

/** The same as a `postgresql:` URL. It carries the password: for drivers, not for logs. */
export const connectionUrl = ({
  host,
  port,
  user,
  password,
  database,
}: ConnectionSettings): string =>
  `postgresql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}/${encodeURIComponent(database)}`;
