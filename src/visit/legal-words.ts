import { defineWords } from '#web';

/** The words of the pages that say who runs this office and what becomes of what people enter. A line is a paragraph. */
export const legalWords = defineWords({
  de: {
    imprint: 'Impressum',
    operator: 'Wer dieses Bürgerbüro betreibt',
    address: 'Anschrift',
    contact: 'Kontakt',
    privacy: 'Datenschutz',
    controller: 'Wer verantwortlich ist',
    officer: 'Datenschutzbeauftragte Person',
    authority: 'Bei wem Sie sich beschweren können',
    visitTitle: 'Während Ihres Besuchs',
    visit:
      'Was Sie eingeben, wird verschlüsselt. Den Schlüssel hat nur Ihr Besuch. Wenn Sie den Besuch beenden, kann niemand Ihre Eingaben mehr lesen.\nWir setzen nur Cookies, ohne die der Besuch nicht geht. Niemand folgt Ihnen von hier auf andere Seiten.\nWir zählen, wie oft unsere Leistungen genutzt werden und wo Menschen abbrechen. Wer das war, steht nicht dabei.',
    sentTitle: 'Wenn Sie etwas absenden',
    sent: 'Ihre Angaben gehen verschlüsselt an das Amt, das darüber entscheidet. Bei manchen Leistungen ist das eine andere Behörde.\nWenn Sie sich anmelden oder mit Karte bezahlen, erfahren auch der Anmeldedienst oder der Zahlungsdienst etwas von Ihnen. Was, sagt Ihnen die Seite vorher.',
    keptTitle: 'Wie lange wir es aufbewahren',
    closed: (period: string) => `${period} nach dem Abschluss`,
    delivered: (period: string) => `${period} ab dem Eingang beim Amt`,
    keptText: 'Danach löschen wir Ihre Angaben. Was noch nicht abgeschlossen ist, bleibt, bis es das ist.',
    basis: (law: string) => `Grundlage: ${law}`,
    rightsTitle: 'Ihre Rechte',
    rights:
      'Sie können Auskunft verlangen, was über Sie gespeichert ist. Sie können es berichtigen oder löschen lassen, die Verarbeitung einschränken lassen oder ihr widersprechen, soweit das Gesetz es zulässt (Artikel 15 bis 21 DSGVO).\nWenden Sie sich dafür an die Stelle, die verantwortlich ist, oder an die datenschutzbeauftragte Person. Beschweren können Sie sich bei der Aufsicht.',
  },
  en: {
    imprint: 'Legal notice',
    operator: 'Who runs this citizens’ office',
    address: 'Address',
    contact: 'Contact',
    privacy: 'Privacy',
    controller: 'Who is responsible',
    officer: 'Data protection officer',
    authority: 'To whom you can complain',
    visitTitle: 'During your visit',
    visit:
      'What you enter is encrypted. Only your visit has the key. When you end the visit, nobody can read your entries any more.\nWe only set cookies without which the visit does not work. Nobody follows you from here to other sites.\nWe count how often our services are used and where people stop. It does not say who that was.',
    sentTitle: 'When you send something',
    sent: 'Your entries go encrypted to the office that decides. For some services that is another authority.\nWhen you sign in or pay by card, the sign-in service or the payment service also learns something about you. The page tells you what before.',
    keptTitle: 'How long we keep it',
    closed: (period: string) => `${period} after it was closed`,
    delivered: (period: string) => `${period} from its arrival at the office`,
    keptText: 'After that we delete your entries. What is not closed yet stays until it is.',
    basis: (law: string) => `Legal basis: ${law}`,
    rightsTitle: 'Your rights',
    rights:
      'You can ask what is stored about you. You can have it corrected or deleted, have its use restricted or object to it, as far as the law allows (Articles 15 to 21 GDPR).\nTurn to whoever is responsible or to the data protection officer. You can complain to the supervisory authority.',
  },
  leicht: {
    imprint: 'Impressum',
    operator: 'Wer macht dieses Bürger-Büro?',
    address: 'Adresse',
    contact: 'So erreichen Sie uns',
    privacy: 'Daten-Schutz',
    controller: 'Wer ist verantwortlich?',
    officer: 'Wer passt auf Ihre Daten auf?',
    authority: 'Wo können Sie sich beschweren?',
    visitTitle: 'Bei Ihrem Besuch',
    visit:
      'Niemand sonst kann lesen, was Sie schreiben.\nSie beenden den Besuch? Dann ist alles weg, was Sie nicht abgeschickt haben.\nWir zählen, wie viele Menschen kommen. Wir schreiben keine Namen dazu.',
    sentTitle: 'Sie schicken etwas ab',
    sent: 'Ihre Angaben gehen an das Amt. Unterwegs kann sie niemand lesen.\nManchmal bekommt ein anderes Amt Ihre Angaben.\nSie melden sich an oder Sie bezahlen mit Karte? Dann bekommt auch eine andere Firma oder ein anderes Amt Daten von Ihnen.',
    keptTitle: 'So lange speichern wir',
    closed: (period: string) => `${period}, wenn alles fertig ist`,
    delivered: (period: string) => `${period}, wenn es im Amt ist`,
    keptText: 'Dann löschen wir Ihre Angaben. Ist etwas noch nicht fertig? Dann löschen wir es erst später.',
    basis: (law: string) => `Der Grund dafür: ${law}`,
    rightsTitle: 'Das dürfen Sie',
    rights:
      'Sie dürfen fragen: Was wissen Sie über mich?\nIst etwas falsch? Dann muss das Amt es ändern.\nSie können sich beschweren. Die Adresse steht oben.',
  },
});
