/** What the letter with a code says. */
import { type LetterData, officeOnPaper } from '#documents';
import type { IssuedCode } from '#letters';
import { formatCode } from '#seal';
import type { AddressAnswer, CompiledService } from '#service';
import { civilDate, type IsoDate } from '#time';
import { countryName } from '#web';
import { shortDate } from './dates.ts';
import type { Desk } from './desk.ts';

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
  const lost = office.phone ? `Rufen Sie uns an: ${office.phone}.` : 'Sagen Sie es uns.';
  return {
    office,
    title: 'Ihr Code',
    recipient: [issued.addressee.name, ...addressLines(issued.addressee.address)],
    before: [
      'Guten Tag,',
      `mit diesem Code können Sie den Dienst „${title}“ der Stadt ${city.name} nutzen, ohne sich mit BundID anzumelden. Sie finden ihn an den Geräten im Bürgerbüro und im Internet: ${config.publicUrl}/service/${service.slug}`,
      'Wo Sie sich anmelden sollen, tippen Sie auf „Ich habe einen Code per Brief“ und geben den Code ein.',
    ],
    code: {
      label: 'Ihr Code',
      value: formatCode(code),
      help: `Er gilt bis zum ${until}. Sie können ihn bis dahin mehrmals benutzen.`,
    },
    after: [
      'Der Code ist nur für Sie. Bitte geben Sie ihn nicht weiter und bewahren Sie den Brief sicher auf: Wer den Code hat, kann sich damit als Sie ausgeben.',
      `Haben Sie den Brief verloren, oder kennt jemand anderes den Code? ${lost} Dann sperren wir ihn und schicken Ihnen einen neuen.`,
      'Mit freundlichen Grüßen',
    ],
    writtenAt: clock.now(),
  };
}
