// What a single node is told: KRaft, TLS everywhere, SCRAM for whoever comes from outside, nothing allowed by default.
const HOUR = 3_600_000;

/** `listen` names ports; `at` the folders and files as the broker itself sees them. */
export const kafkaSettings = ({ listen, host, at }) => {
  const outside = [
    ['CLIENT', listen.client, listen.client],
    ...(listen.detour === undefined ? [] : [['DETOUR', listen.detour, listen.detourAdvertised]]),
  ];
  const inside = [
    ['INTERNAL', listen.internal],
    ['CONTROLLER', listen.controller],
  ];
  const lines = {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@localhost:${listen.controller}`,
    listeners: [
      ...outside.map(([name, port]) => `${name}://${host}:${port}`),
      ...inside.map(([name, port]) => `${name}://127.0.0.1:${port}`),
    ].join(','),
    'advertised.listeners': [
      ...outside.map(([name, , port]) => `${name}://localhost:${port}`),
      `INTERNAL://localhost:${listen.internal}`,
    ].join(','),
    'listener.security.protocol.map': [
      ...outside.map(([name]) => `${name}:SASL_SSL`),
      ...inside.map(([name]) => `${name}:SSL`),
    ].join(','),
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'INTERNAL',

    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': at.key,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': at.ca,
    'ssl.enabled.protocols': 'TLSv1.2,TLSv1.3',
    ...Object.fromEntries(
      inside.map(([name]) => [`listener.name.${name.toLowerCase()}.ssl.client.auth`, 'required']),
    ),
    'sasl.enabled.mechanisms': 'SCRAM-SHA-512',
    ...Object.fromEntries(
      outside.map(([name]) => [
        `listener.name.${name.toLowerCase()}.scram-sha-512.sasl.jaas.config`,
        'org.apache.kafka.common.security.scram.ScramLoginModule required;',
      ]),
    ),
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'allow.everyone.if.no.acl.found': 'false',
    'super.users': 'User:admin;User:CN=tripoint-broker',

    'log.dirs': at.data,
    'auto.create.topics.enable': 'false',
    'num.partitions': '1',
    'log.retention.ms': `${22 * HOUR}`,
    'log.roll.ms': `${HOUR}`,
    'log.message.timestamp.type': 'LogAppendTime',

    // One node, and nobody who waits for more.
    'default.replication.factor': '1',
    'offsets.topic.replication.factor': '1',
    'offsets.topic.num.partitions': '4',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
  };
  return `${Object.entries(lines)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')}\n`;
};
