import { BEST_LEVEL, lowest, type ToldMeans } from '#service';
import { attributeOf, childrenOf, isNamed } from '#xml';
import { type Told, TRUST } from './attributes.ts';
import { meansOf } from './means.ts';
import { IdentityError, type Level } from './types.ts';
import { AKDB, onlyChild, SAML, textOf } from './xml.ts';

const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';
const QAA_LEVEL = 'urn:oid:1.2.40.0.10.2.1.1.261.94';
/** How sure each STORK level is; 2 is not in use at BundID and counts as the lower neighbour. */
const LEVELS: Readonly<Record<string, Level>> = { '1': 'low', '2': 'low', '3': 'substantial', '4': 'high' };
const MOST_ATTRIBUTES = 60;

/** What an assertion must say to be meant for this office, this visit and this moment. */
export interface Expected {
  issuer: string;
  audience: string;
  recipient: string;
  inResponseTo: string;
  /** When the request was sent, and the present instant; milliseconds. */
  askedAt: number;
  now: number;
  /** How far the two clocks may be apart; milliseconds. */
  skew: number;
}

/** What a checked assertion says. */
export interface Assertion {
  id: string;
  level: Level;
  means: ToldMeans;
  /** By attribute name (OID). */
  told: ReadonlyMap<string, Told>;
}

/** xs:dateTime in UTC, as SAML 2.0 Core 1.3.3 demands it. */
function instant(text: string | undefined): number {
  const fits = text !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(text);
  const value = fits ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(value)) throw new IdentityError('invalid', 'structure');
  return value;
}

function checkWindow(element: Element, { now, skew }: Expected): void {
  const from = attributeOf(element, 'NotBefore');
  if (from !== undefined && instant(from) > now + skew) throw new IdentityError('invalid', 'notYetValid');
  if (instant(attributeOf(element, 'NotOnOrAfter')) + skew <= now)
    throw new IdentityError('expired', 'tooLate');
}

/** SAML 2.0 Profiles 4.1.4.2 and 4.1.4.3: a bearer's confirmation names the request, the recipient and an end. */
function checkSubject(assertion: Element, expected: Expected): void {
  const confirmation = onlyChild(onlyChild(assertion, SAML, 'Subject'), SAML, 'SubjectConfirmation');
  if (attributeOf(confirmation, 'Method') !== BEARER) throw new IdentityError('invalid', 'structure');
  const data = onlyChild(confirmation, SAML, 'SubjectConfirmationData');
  if (attributeOf(data, 'Recipient') !== expected.recipient)
    throw new IdentityError('invalid', 'destination');
  if (attributeOf(data, 'InResponseTo') !== expected.inResponseTo)
    throw new IdentityError('unknownRequest', 'inResponseTo');
  checkWindow(data, expected);
}

function checkConditions(assertion: Element, expected: Expected): void {
  const conditions = onlyChild(assertion, SAML, 'Conditions');
  const restrictions = childrenOf(conditions, SAML, 'AudienceRestriction');
  const meant = restrictions.every((restriction) =>
    childrenOf(restriction, SAML, 'Audience').some((audience) => textOf(audience) === expected.audience),
  );
  if (restrictions.length === 0 || !meant) throw new IdentityError('invalid', 'audience');
  checkWindow(conditions, expected);
}

/** Asked for afresh (ForceAuthn), so a sign-in from before the request is none of this visit's. */
function checkFresh(assertion: Element, { askedAt, now, skew }: Expected): void {
  const statements = childrenOf(assertion, SAML, 'AuthnStatement');
  const instants = statements.map((statement) => instant(attributeOf(statement, 'AuthnInstant')));
  if (instants.length === 0) throw new IdentityError('invalid', 'structure');
  for (const at of [...instants, instant(attributeOf(assertion, 'IssueInstant'))]) {
    if (at > now + skew) throw new IdentityError('invalid', 'notYetValid');
    if (at < askedAt - skew) throw new IdentityError('expired', 'tooLate');
  }
}

function readTold(assertion: Element): Map<string, Told> {
  const elements = childrenOf(assertion, SAML, 'AttributeStatement').flatMap((statement) =>
    childrenOf(statement, SAML, 'Attribute'),
  );
  if (elements.length > MOST_ATTRIBUTES) throw new IdentityError('invalid', 'size');
  const told = new Map<string, Told>();
  for (const element of elements) {
    const name = attributeOf(element, 'Name') ?? '';
    // Said twice, it is not clear which of the two is meant.
    if (told.has(name)) throw new IdentityError('invalid', 'structure');
    const values = childrenOf(element, SAML, 'AttributeValue');
    const [value] = values;
    const trust = TRUST[element.getAttributeNodeNS(AKDB, 'TrustLevel')?.value ?? ''];
    if (value !== undefined && values.length === 1) told.set(name, { value: textOf(value), trust });
  }
  return told;
}

/**
 * BundID says the level as authentication context and as an attribute, and each means has a level it cannot pass; where
 * these differ, the lowest counts.
 */
function levelOf(assertion: Element, told: ReadonlyMap<string, Told>, means: ToldMeans): Level {
  const contexts = childrenOf(assertion, SAML, 'AuthnStatement')
    .flatMap((statement) => childrenOf(statement, SAML, 'AuthnContext'))
    .flatMap((context) => childrenOf(context, SAML, 'AuthnContextClassRef'))
    .map(textOf);
  const levels = [...contexts, told.get(QAA_LEVEL)?.value ?? '']
    .map((text) => LEVELS[/^STORK-QAA-Level-([1-4])$/.exec(text)?.[1] ?? ''])
    .filter((level) => level !== undefined);
  if (levels.length === 0) throw new IdentityError('invalid', 'level');
  return lowest(BEST_LEVEL[means], ...levels);
}

/**
 * @param root the assertion that was signed, decrypted; nothing else of the answer
 * @throws IdentityError when it is not meant for this office, this visit or this moment
 */
export function readAssertion(root: Element, expected: Expected): Assertion {
  if (!isNamed(root, SAML, 'Assertion') || attributeOf(root, 'Version') !== '2.0')
    throw new IdentityError('invalid', 'structure');
  const id = attributeOf(root, 'ID') ?? '';
  if (id === '' || id.length > 256) throw new IdentityError('invalid', 'structure');
  if (textOf(onlyChild(root, SAML, 'Issuer')) !== expected.issuer)
    throw new IdentityError('invalid', 'issuer');
  checkConditions(root, expected);
  checkSubject(root, expected);
  checkFresh(root, expected);
  const told = readTold(root);
  const means = meansOf(told);
  return { id, means, level: levelOf(root, told, means), told };
}
