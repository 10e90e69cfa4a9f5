/** What follows from the Land alone. */

interface Land {
  /** ISO 3166-2:DE, for its public holidays. */
  state: string;
  /** Who watches over data protection there (Art. 13 Abs. 2 Buchst. d DSGVO). */
  privacy: string;
}

/** By the first two digits of the Amtlicher Gemeindeschlüssel. */
const LAENDER: Readonly<Record<string, Land>> = {
  '01': { state: 'SH', privacy: 'Unabhängiges Landeszentrum für Datenschutz Schleswig-Holstein, Kiel' },
  '02': { state: 'HH', privacy: 'Der Hamburgische Beauftragte für Datenschutz und Informationsfreiheit' },
  '03': { state: 'NI', privacy: 'Der Landesbeauftragte für den Datenschutz Niedersachsen, Hannover' },
  '04': {
    state: 'HB',
    privacy: 'Landesbeauftragte für Datenschutz und Informationsfreiheit Bremen, Bremerhaven',
  },
  '05': {
    state: 'NW',
    privacy: 'Landesbeauftragte für Datenschutz und Informationsfreiheit Nordrhein-Westfalen, Düsseldorf',
  },
  '06': {
    state: 'HE',
    privacy: 'Der Hessische Beauftragte für Datenschutz und Informationsfreiheit, Wiesbaden',
  },
  '07': {
    state: 'RP',
    privacy: 'Der Landesbeauftragte für den Datenschutz und die Informationsfreiheit Rheinland-Pfalz, Mainz',
  },
  '08': {
    state: 'BW',
    privacy:
      'Der Landesbeauftragte für den Datenschutz und die Informationsfreiheit Baden-Württemberg, Stuttgart',
  },
  '09': { state: 'BY', privacy: 'Der Bayerische Landesbeauftragte für den Datenschutz, München' },
  '10': { state: 'SL', privacy: 'Unabhängiges Datenschutzzentrum Saarland, Saarbrücken' },
  '11': { state: 'BE', privacy: 'Berliner Beauftragte für Datenschutz und Informationsfreiheit' },
  '12': {
    state: 'BB',
    privacy:
      'Die Landesbeauftragte für den Datenschutz und für das Recht auf Akteneinsicht Brandenburg, Kleinmachnow',
  },
  '13': {
    state: 'MV',
    privacy:
      'Der Landesbeauftragte für Datenschutz und Informationsfreiheit Mecklenburg-Vorpommern, Schwerin',
  },
  '14': { state: 'SN', privacy: 'Sächsische Datenschutz- und Transparenzbeauftragte, Dresden' },
  '15': { state: 'ST', privacy: 'Landesbeauftragter für den Datenschutz Sachsen-Anhalt, Magdeburg' },
  '16': {
    state: 'TH',
    privacy: 'Thüringer Landesbeauftragter für den Datenschutz und die Informationsfreiheit, Erfurt',
  },
};

/** @returns the Land of a municipality, by its Amtlicher Gemeindeschlüssel; undefined where no Land begins so */
export function landOf(ags: string): Land | undefined {
  return LAENDER[ags.slice(0, 2)];
}

/** The Länder after ISO 3166-2:DE. */
export const STATES: readonly string[] = Object.values(LAENDER).map(({ state }) => state);
