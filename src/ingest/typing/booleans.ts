/** The spellings that exports have for yes and no, in lower case. */
export const yesWords: readonly string[] = [
  ...['true', 't', 'yes', 'y', '1', '1.0', 'on', 'x', 'checked', 'enabled', 'active'],
  ...['opted in', 'opted-in', 'opt-in', 'opt in', 'optin', 'subscribed', 'granted', 'given'],
  ...['ja', 'j', 'oui', 'o', 'si', 'sí', 'sim', 'wahr', 'vrai', 'verdadero', 'vero'],
];

export const noWords: readonly string[] = [
  ...['false', 'f', 'no', 'n', '0', '0.0', 'off', 'unchecked', 'disabled', 'inactive'],
  ...['opted out', 'opted-out', 'opt-out', 'opt out', 'optout', 'unsubscribed', 'not subscribed', 'non-subscribed', 'withdrawn', 'denied'],
  ...['nein', 'non', 'não', 'nao', 'falsch', 'faux', 'falso'],
];
