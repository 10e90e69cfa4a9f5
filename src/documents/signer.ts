/**
 * Who signs the papers that an office issues. A qualified electronic signature (Art. 3 Nr. 12, 26 eIDAS; § 3a Abs. 2
 * VwVfG) or seal takes the whole PDF and gives it back with the signature in it (PAdES, ETSI EN 319 142).
 */
export interface Signer {
  /** @throws Error when it cannot be signed now; the paper is not handed out then */
  sign(pdf: Buffer): Promise<Buffer>;
}

/** The ways of signing, by their name in the settings. A new way is a file beside this one and a line here. */
export const SIGNERS = {
  /** Papers carry no signature: whoever wants to be sure asks the office's page with the code on the paper. */
  none: { sign: async (pdf) => pdf },
} as const satisfies Record<string, Signer>;

export type SignerName = keyof typeof SIGNERS;

export function isSigner(name: string): name is SignerName {
  return Object.hasOwn(SIGNERS, name);
}
