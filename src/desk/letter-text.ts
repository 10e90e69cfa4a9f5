/** What the letter with a code says. */
import { type LetterData, officeOnPaper } from '#documents';
import type { IssuedCode } from '#letters';
import { formatCode } from '#seal';
import type { AddressAnswer, CompiledService } from '#service';
import { civilDate, type IsoDate } from '#time';
import { countryName } from '#web';
import { shortDate } from './dates.ts';
import type { Desk } from './desk.ts';
import { said } from './words.ts';

const WORDS = said('letter');

/** @returns the last whole day on which the code counts */
export function lastDayOf(expiresAt: Date): IsoDate {
  return civilDate(new Date(expiresAt.getTime() - 1));
}

/** @returns an address as it stands on an envelope, below the name */
export function addressLines({ street, houseNumber, postcode, city, country }: AddressAnswer): string[] {
  const abroad = country !== undefined && country !== 'DEU';
  const lines = [`${street} ${houseNumber}`, `${postcode} ${abroad ? city.toUpperCase() : city}`];
  return [...lines, ...(abroad ? [countryName(country, 'de').toUpperCase()] : [])]
    .map((line) => line.trim())
    .filter(Boolean);
}

/** @returns the letter that takes a code to whom it is for */
export function letterOf(desk: Desk, service: CompiledService, issued: IssuedCode, code: string): LetterData {
  const { city, config, clock } = desk;
  const office = officeOnPaper(city.offices, issued.office);
  const { title } = service.texts.de;
  const until = shortDate(lastDayOf(issued.expiresAt));
  const { phone } = office;
  return {
    office,
    title: WORDS.title,
    recipient: [issued.addressee.name, ...addressLines(issued.addressee.address)],
    before: [
      WORDS.greeting,
      WORDS.what({
        service: title,
        city: city.name,
        address: `${config.publicUrl}/service/${service.slug}`,
      }),
      WORDS.how,
    ],
    code: {
      label: WORDS.code,
      value: formatCode(code),
      help: WORDS.codeHelp({ day: until }),
    },
    after: [WORDS.secret, phone ? WORDS.lostCall({ phone }) : WORDS.lostTell, WORDS.close],
    writtenAt: clock.now(),
  };
}
