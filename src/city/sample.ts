/** Addresses of the city for example journeys and for the invented people of a trial. Nobody lives there. */
import { z } from 'zod';
import { id, postcode, text } from './basics.ts';

/** No list of streets has it. */
const NOWHERE = 'Erst Gestern Benannte Gasse';

const street = z
  .strictObject({
    street: text,
    postcode,
    /** As people write the street; the same when left out. */
    typed: text.optional(),
    /** As people misspell it, so that it has to be asked back; a street that there is not when left out. */
    mistyped: text.optional(),
    /** As people there write the town: a district, perhaps. */
    town: text.optional(),
  })
  .transform((given) => ({
    ...given,
    ...{ typed: given.typed ?? given.street, mistyped: given.mistyped ?? NOWHERE, town: given.town ?? '' },
  }));
/** Somebody at the desk. */
const person = z.strictObject({
  /** User name, and the stable subject that the desk sees. */
  ...{ sub: id, name: text, description: text },
  offices: z.array(id).min(1),
  roles: z.array(z.enum(['clerk', 'lead'])).min(1),
});
const address = z.strictObject({ street: text, houseNumber: text, postcode, city: text });

const places = {
  ...{ centre: street, ring: street, north: street, south: street },
  ...{ east: street, west: street, outer: street, village: street },
  /** Another town, near and far. */
  ...{ neighbour: address, elsewhere: address, capital: address },
};
/** What `sample.yaml` must look like. Streets can be the same; other towns cannot be this one. */
export const sampleShape = z.strictObject({ ...places, staff: z.array(person).min(1) });

/** Addresses in the city, by name, and in other towns. */
export type Sample = Omit<z.output<typeof sampleShape>, 'staff'>;
/** Somebody who works at the desk of a trial. */
export type SampleStaff = z.output<typeof person>;
