import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { nativePassword } from '../../../src/rotation/rotators/native-password.ts';
import { md5Verifier, scramVerifier } from '../../../src/rotation/rotators/scram.ts';

it("makes the verifier that signs RFC 7677's example", () => {
  const verifier = scramVerifier('pencil', Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'));
  const [, serverKey] = /^SCRAM-SHA-256\$4096:W22ZaJ0SNY7soEsUEjb6gQ==\$[\w+/]{43}=:([\w+/]{43}=)$/.exec(verifier)!;
  const nonce = 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0';
  const messages = `n=user,r=rOprNGfwEbeRWgbNEkqO,${nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,${nonce}`;
  const signature = createHmac('sha256', Buffer.from(serverKey!, 'base64')).update(messages).digest('base64');
  expect(signature).toBe('6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=');
});

it('salts each anew', () => expect(scramVerifier('pencil')).not.toBe(scramVerifier('pencil')));

it('makes what older servers store', () => {
  expect(md5Verifier('secret', 'joe')).toBe('md5c59ec932d911ffdf487595b5a2adf973');
  expect(nativePassword('password')).toBe('*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19');
});
