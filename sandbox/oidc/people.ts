/** The people of the try-out identity provider. Invented; each stands for one role at the desk. */
export interface Person {
  /** User name on the plain form, and the stable subject (`sub`) the desk sees. */
  sub: string;
  name: string;
  /** What the person does, in German, for the sign-in page. */
  description: string;
  offices: readonly string[];
  roles: readonly ('clerk' | 'lead')[];
}

/** The password of everybody on the plain form. It protects nothing: the provider exists for trying things out. */
export const TRY_OUT_PASSWORD = 'ausprobieren';
