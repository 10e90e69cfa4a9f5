/**
 * Addresses abroad that somebody types where one in Germany is asked for. Places in Germany are called "Rom", "Philadelphia" or
 * "Lemberg", too: a town alone says nothing, only with a postcode as its own country has it.
 */
import { stateNamed } from '../country/names.ts';
import { germanPostcodeOf } from './text.ts';

/** Towns of countries whose postcodes do not have five digits. */
const OTHERWISE_CODED = `Wien|Vienna|Graz|Salzburg|Innsbruck|Klagenfurt|Bregenz|Zürich|Zurich|Genf|Genève|Geneva|Basel|Bâle|Bern|Berne
Lausanne|Luzern|Lucerne|Winterthur|St Gallen|Sankt Gallen|Lugano|Vaduz|Luxemburg|Luxembourg|Brüssel|Bruxelles|Brussel|Brussels|Antwerpen
Antwerp|Gent|Lüttich|Liège|Eupen|Kopenhagen|København|Copenhagen|Aarhus|Odense|Oslo|Trondheim|Budapest|Ljubljana|Laibach|Sofia|Riga
Amsterdam|Rotterdam|Den Haag|Utrecht|Eindhoven|London|Manchester|Birmingham|Edinburgh|Glasgow|Dublin|Lissabon|Lisboa|Lisbon|Porto
Bukarest|București|Bucharest|Moskau|Moskwa|Moscow|Minsk|Chișinău|Tirana|Skopje|Tunis|Peking|Beijing|Tokio|Tokyo|Singapur|Singapore
Kapstadt|Cape Town|Sydney|Melbourne|Toronto|Montreal|Vancouver`;

/** Towns of countries whose postcodes have five digits as well, each behind the digits that these begin with there. */
const FIVE_DIGITS = `75 Paris; 6900 Lyon; 130 Marseille; 06 Nizza|Nice|Cannes|Ankara; 31 Toulouse; 33 Bordeaux; 670 672 Straßburg|Strasbourg
59 Lille; 44 Nantes; 34 Montpellier|Istanbul|Triest|Trieste; 681 682 Mülhausen|Mulhouse; 680 Colmar; 67160 Wissembourg; 57 Metz; 54 Nancy
21 Dijon|Diyarbakir|Split|Novi Sad; 35 Rennes|Padua|Padova|Izmir|Las Palmas; 51 Reims|Rijeka; 980 Monaco; 00 Rom|Roma|Rome|Helsinki
20 Mailand|Milano|Milan|Turku|Washington; 10 Turin|Torino|Zagreb|Pristina|New York; 80 Neapel|Napoli|Naples|Danzig|Gdańsk
90 Palermo|Los Angeles; 16 Genua|Genova|Genoa|Bursa; 40 Bologna|Kattowitz|Katowice; 50 Florenz|Firenze|Florence|Zaragoza
30 Venedig|Venezia|Venice; 37 Verona; 70 Bari; 95 Catania; 39 Bozen|Bolzano|Meran|Merano|Brixen|Bressanone; 28 Madrid; 08 Barcelona
46 Valencia; 41 Sevilla|Seville; 29 Malaga; 07 Palma|Antalya; 48 Bilbao; 03 Alicante; 18 Granada; 01 Adana; 27 Gaziantep; 42 Konya
38 Kayseri; 61 Trabzon|Charkiw|Kharkiv; 10 11 Athen|Athens|Athina; 54 55 56 Thessaloniki; 1 Prag|Praha|Prague|Stockholm|Tallinn
6 Brünn|Brno|Posen|Poznań; 7 Ostrava; 3 Pilsen|Plzeň|Krakau|Kraków|Krakow; 8 Bratislava|Pressburg; 04 Košice; 4 Göteborg|Gothenburg
2 Malmö|Casablanca; 02 Espoo|Boston; 33 Tampere|Miami; 11 Belgrad|Beograd|Belgrade|Kairo|Cairo; 71 Sarajevo; 88 Mostar; 78 Banja Luka
0 1 Kiew|Kyiv|Kiev|Warschau|Warszawa|Warsaw|Vilnius|Wilna; 79 Lwiw|Lviv|Lemberg; 65 Odessa|Odesa; 49 Dnipro; 5 Breslau|Wrocław
70 71 Stettin|Szczecin; 9 Łódź|Lodz; 44 Kaunas; 606 Chicago; 94 San Francisco; 770 Houston; 191 Philadelphia`;

const folded = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([aou])e/g, '$1')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();

const townsIn = (list: string): string[] => list.split(/[|\n]/).map(folded);

const otherwiseCoded: ReadonlySet<string> = new Set(townsIn(OTHERWISE_CODED));

/** The beginnings of their postcodes by town. */
const fiveDigits = new Map<string, string[]>();
for (const entry of FIVE_DIGITS.split(/[;\n]/)) {
  const [, digits = '', towns = ''] = /^\s*([\d ]*\d) (.*)$/.exec(entry) ?? [];
  for (const town of townsIn(towns))
    fiveDigits.set(town, [...(fiveDigits.get(town) ?? []), ...digits.split(' ')]);
}

/** No town above is called by more words. */
const MOST_WORDS = 3;

/** "Wien", "Wien 3", "Zürich-Oerlikon", "Paris, Frankreich": the town, and what it is called before its other words. */
function beginningsOf(city: string): string[] {
  const words = folded(city).split(' ', MOST_WORDS);
  return words.map((_, index) => words.slice(0, index + 1).join(' '));
}

/** Countries with postcodes of five digits. "Brasilien" behind five digits is a part of Schönberg. */
const FIVE_DIGIT_COUNTRIES: ReadonlySet<string> = new Set(
  'AND BIH CZE DZA EGY ESP EST FIN FRA GRC HRV IDN IRQ ITA JOR KOR KWT LTU MAR MCO MEX MNE MYS PAK POL SAU SMR SRB SVK SWE THA TUR UKR USA VAT'.split(
    ' ',
  ),
);

/** Countries whose postcodes have four digits, six, or letters in them. */
const OTHER_LENGTHS: ReadonlySet<string> = new Set(
  'AUT CHE LIE BEL LUX DNK NOR NLD HUN SVN BGR ALB MKD CYP LVA GEO TUN ZAF AUS NZL PHL PRT GBR IRL CAN ROU BLR RUS CHN IND JPN'.split(
    ' ',
  ),
);

/** Known abroad, and places in Germany as well. */
const HERE_AS_WELL: ReadonlySet<string> = new Set(
  ['Rom', 'Philadelphia', 'Lemberg', 'Salzburg', 'Straßburg', 'Porto', 'Nancy'].map(folded),
);

/** The letters of a country before the digits, but for Germany's own (W and O stood there from 1990 to 1993). */
const LETTERS_BEFORE = /^(?!(?:DE?U?|BRD|W|O)[-\s.]*\d)[A-Z]{1,3}[-\s.]*\d{4,6}$/i;
/** The Netherlands, Great Britain, Ireland, Canada, Poland, Portugal, Japan. */
const SHAPES = [
  /^\d{4} ?[A-Z]{2}$/i,
  /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i,
  /^[A-Z]\d[\dW] ?[A-Z\d]{4}$/i,
  /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/i,
  /^\d{2}-\d{3}$/,
  /^\d{4}-\d{3}$/,
  /^\d{3}-\d{4}$/,
];

/** @returns whether a postcode is written as other countries write it, and never so in Germany */
export function isForeignPostcode(postcode: string): boolean {
  return LETTERS_BEFORE.test(postcode) || SHAPES.some((shape) => shape.test(postcode));
}

/** @returns whether the postcode has five digits, and those of the country never do */
export function isOtherLength(country: string, postcode: string): boolean {
  return OTHER_LENGTHS.has(country) && germanPostcodeOf(postcode) !== undefined;
}

/** @returns whether the whole name is known of a town abroad and of none in Germany, and the postcode may be a German one */
export function isTownAbroad({ postcode, city }: { postcode: string; city: string }): boolean {
  if (germanPostcodeOf(postcode) === undefined) return false;
  const town = folded(city);
  return !HERE_AS_WELL.has(town) && (otherwiseCoded.has(town) || fiveDigits.has(town));
}

/** @returns whether the town says that it is abroad: by the country behind it, or by its name and a postcode of that country */
export function isForeignTown({ postcode, city }: { postcode: string; city: string }): boolean {
  const parts = city.split(/[,;()/]/).map((part) => part.trim());
  const country = parts.length > 1 ? stateNamed(parts.findLast((part) => part !== '') ?? '') : undefined;
  const digits = postcode.replace(/\s/g, '');
  if (!/^\d{5}$/.test(digits)) {
    if (germanPostcodeOf(postcode) !== undefined) return false;
    const abroad = country !== undefined && country !== 'DEU';
    return abroad || (postcode !== '' && beginningsOf(city).some((town) => otherwiseCoded.has(town)));
  }
  if (country !== undefined) return FIVE_DIGIT_COUNTRIES.has(country);
  const codesOf = (town: string) => fiveDigits.get(town) ?? [];
  return beginningsOf(city).some((town) => codesOf(town).some((begin) => digits.startsWith(begin)));
}
