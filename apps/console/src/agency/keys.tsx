import { useQuery } from '@tanstack/react-query';
import { type ReactElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../api/agency-queries';
import { federation } from '../api/queries';
import { type components } from '../api/agency.gen';
import { useNow } from '../inbox/clock-words';
import { useAgencyNames, useLocale } from '../language/use-words';
import { Digest } from '../proof/leaf-proof';
import { Icon, type IconName } from '../ui/icon';
import { Awaited } from '../ui/screen';

type Certificate = components['schemas']['CertificateResponse'];
type Epoch = components['schemas']['EpochResponse'];

/** So long before its end a term is worth a warning: the roots need days to sign the next one. */
const SOON_MS = 30 * 24 * 3_600_000;

const LOOKS = {
  ACTIVE: ['badge-good', 'check'],
  EXPIRED: ['badge-danger', 'warning'],
  REVOKED: ['badge-danger', 'warning'],
  SUPERSEDED: ['badge-plain', 'clock'],
  OPEN: ['badge-good', 'check'],
  RETIRED: ['badge-plain', 'clock'],
  DESTROYED: ['badge-plain', 'erase'],
} as const satisfies Record<
  Certificate['standing'] | Epoch['standing'],
  readonly [string, IconName]
>;

/** One key: its fingerprint, how it stands, and from which leaf to which it counted. */
const Key = ({
  fingerprint,
  standing,
  children,
}: {
  readonly fingerprint: string;
  readonly standing: keyof typeof LOOKS;
  readonly children: ReactNode;
}): ReactElement => {
  const { t } = useTranslation();
  const [look, icon] = LOOKS[standing];
  return (
    <li className="held">
      <Icon name="key" />
      <div className="row-main">
        <Digest value={fingerprint} />
        <p className="quiet">{children}</p>
      </div>
      <span className={`badge ${look}`}>
        <Icon name={icon} />
        {t(`keys.standing.${standing}`)}
      </span>
    </li>
  );
};

const CertificateRow = ({ certificate }: { readonly certificate: Certificate }): ReactElement => {
  const { t } = useTranslation();
  const { number, moment } = useLocale();
  const { fingerprint, standing, from, until, expires, doubtedFrom, inUse } = certificate;
  const now = useNow();
  const ends = expires !== undefined && standing === 'ACTIVE';
  const soon = ends && Date.parse(expires) - now < SOON_MS;
  return (
    <Key fingerprint={fingerprint} standing={standing}>
      {until === undefined
        ? t('keys.since', { from: number(from) })
        : t('keys.between', { from: number(from), until: number(until) })}
      {expires !== undefined && (
        <>
          {' · '}
          <span className={soon ? 'clock clock-overdue' : undefined}>
            {soon && <Icon name="warning" />}
            {t(standing === 'EXPIRED' ? 'keys.ended' : 'keys.expires', { at: moment(expires) })}
          </span>
        </>
      )}
      {doubtedFrom !== undefined && <> · {t('keys.doubted', { from: number(doubtedFrom) })}</>}
      {until === undefined && !inUse && <> · {t('keys.notHere')}</>}
    </Key>
  );
};

const EpochRow = ({
  epoch: { subkey, standing, from, retired, destroyed },
}: {
  readonly epoch: Epoch;
}): ReactElement => {
  const { t } = useTranslation();
  const { number } = useLocale();
  return (
    <Key fingerprint={subkey} standing={standing}>
      {t('keys.since', { from: number(from) })}
      {retired !== undefined && <> · {t('keys.retired', { at: number(retired) })}</>}
      {destroyed !== undefined && <> · {t('keys.destroyed', { at: number(destroyed) })}</>}
    </Key>
  );
};

/** What we sign with and what others encrypt to, how each stands and what became of those before; and who keeps shares. */
export const Keys = (): ReactElement => {
  const { t } = useTranslation();
  const { nameOf } = useAgencyNames();
  const { list, number } = useLocale();
  const found = useQuery(keys);
  const custody = useQuery(federation).data?.custody;
  return (
    <>
      <Awaited found={found} />
      {found.data !== undefined && (
        <>
          <section className="card" aria-labelledby="certificates">
            <h2 id="certificates">{t('keys.certificates')}</h2>
            <p className="quiet">{t('keys.certificatesAbout')}</p>
            <ul className="attempts">
              {found.data.certificates.map((one) => (
                <CertificateRow key={`${one.fingerprint}/${one.from}`} certificate={one} />
              ))}
            </ul>
          </section>
          <section className="card" aria-labelledby="epochs">
            <h2 id="epochs">{t('keys.epochs')}</h2>
            <p className="quiet">{t('keys.epochsAbout')}</p>
            <ul className="attempts">
              {found.data.epochs.map((one) => (
                <EpochRow key={one.subkey} epoch={one} />
              ))}
            </ul>
          </section>
        </>
      )}
      <section className="card" aria-labelledby="custody">
        <h2 id="custody">{t('keys.custody')}</h2>
        <p>
          {custody === undefined
            ? t('keys.noCustody')
            : t('keys.custodyIs', {
                parts: list(custody.compartments.map((one) => t(`compartment.${one}`))),
                names: list(custody.custodians.map(nameOf)),
                threshold: number(custody.threshold),
              })}
        </p>
      </section>
    </>
  );
};
