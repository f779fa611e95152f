import { describe, expect, it } from '@jest/globals';
import { HubError } from '@tripoint/kernel';

import { KafkaBus } from './kafka-bus.js';
import { type KafkaSettings } from './kafka-settings.js';

const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBkTCCATegAwIBAgIUGO9tjj0bw0AbFNnmCNIBY4+6HdgwCgYIKoZIzj0EAwIw
HTEbMBkGA1UEAwwSbm9ib2R5J3MgYXV0aG9yaXR5MCAXDTI2MTEyNTIyNDMwNFoY
DzIxMjYxMTAxMjI0MzA0WjAdMRswGQYDVQQDDBJub2JvZHkncyBhdXRob3JpdHkw
WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARtE7Be2bGSOQ4niCTv2XWmvCd/dwsv
ELOVmLT3lZfy11BAmU05+Zd0+W9EbBMI992CIJztj6xr77Ze8z6W5ZKzo1MwUTAd
BgNVHQ4EFgQULQf2llo10dkUkRJ+tqAAYBdfpQowHwYDVR0jBBgwFoAULQf2llo1
0dkUkRJ+tqAAYBdfpQowDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBF
AiEA6BZHUY9AkKkECmN+MfTJJuSMCS1hazrrmp1MBNvQnsECIAy0CFHd2AH1GUAK
TGiliWKetcZtOh/3ewmwFHbegmjz
-----END CERTIFICATE-----`;
const SECRET = 'a-secret-of-some-length';
const sound: KafkaSettings = {
  brokers: ['kafka-1.example.org:9093', '[::1]:9093'],
  ca: `${CERTIFICATE}\n${CERTIFICATE}\n`,
  username: 'agency.gr-customs',
  password: SECRET,
};

const refusalOf = (settings: KafkaSettings): HubError => {
  try {
    new KafkaBus(settings);
  } catch (error) {
    if (error instanceof HubError) return error;
    throw error;
  }
  throw new Error('it was taken');
};

describe('the settings of a Kafka bus', () => {
  it('are taken when they are sound', () => {
    expect(() => new KafkaBus(sound)).not.toThrow();
  });

  it.each<[string, Partial<KafkaSettings>, RegExp]>([
    ['no broker', { brokers: [] }, /no broker is named/],
    ['a broker without a port', { brokers: ['kafka.example.org'] }, /is not host:port/],
    ['a port that is none', { brokers: ['kafka.example.org:65536'] }, /is not host:port/],
    ['a scheme', { brokers: ['plaintext://kafka:9092'] }, /is not host:port/],
    ['no authority', { ca: '' }, /not certificates in PEM/],
    ['a damaged authority', { ca: CERTIFICATE.replace('MIIB', 'MIIC') }, /not certificates in PEM/],
    ['a user name that a rule could read otherwise', { username: 'User:*' }, /user name/],
    ['a short password', { password: 'short' }, /password is not 16 or more/],
    ['a password beyond ASCII', { password: 'парола-парола-парола' }, /password is not 16 or more/],
  ])('are refused with %s', (_what, change, why) => {
    const refusal = refusalOf({ ...sound, ...change });
    expect(refusal).toMatchObject({ code: 'bus-misconfigured', retriable: false });
    expect(refusal.message).toMatch(why);
    expect(refusal.message).not.toContain(change.password ?? SECRET);
  });

  it('are refused with everything that is wrong at once', () => {
    const { message } = refusalOf({ brokers: ['?'], ca: '?', username: '', password: '' });
    expect(message.split(';')).toHaveLength(4);
  });
});
