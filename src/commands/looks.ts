const secretName =
  /pass(?:word|phrase|wd)?s?(?![a-z])|secret|token|(?:api|private|access|auth|encryption|master|session|signing)[-_]?key|credential/i;
const keyBlock = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const setting = /^(?:true|false|on|off|yes|no|enabled|disabled|\d{1,5})\s*$/i;

/** Whether what goes by this name is a secret, as far as names say. */
export const isNamedSecret = (name: string): boolean => secretName.test(name);

export const holdsPrivateKey = (text: string): boolean => keyBlock.test(text);

/** A switch, or a small number. */
export const isSetting = (text: string): boolean => setting.test(text);
