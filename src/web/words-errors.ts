import { defineWords } from './words.ts';

/** Numbers come as the language writes them. */
type Params = Readonly<Record<string, string>>;
const one = (params: Params, name: string) => params[name] ?? '';
const megabytes = (params: Params) => one(params, 'maxMegabytes');
const postcodes = (params: Params, or: string) =>
  String(params.postcodes ?? '').replace(/, ([^,]*)$/, ` ${or} $1`);
const streets = (params: Params) => params.suggestions ?? '';

/** What to do, in one sentence; never what was typed, never blame. */
export const errorWords = defineWords({
  de: {
    tooLong: (params: Params) => `Bitte kürzen Sie Ihre Angabe auf höchstens ${one(params, 'max')} Zeichen.`,
    tooShort: (params: Params) => `Bitte geben Sie mindestens ${one(params, 'min')} Zeichen ein.`,
    tooMany: (params: Params) => `Bitte wählen Sie höchstens ${one(params, 'max')}.`,
    tooFew: (params: Params) => `Bitte wählen Sie mindestens ${one(params, 'min')}.`,
    notAName: (params: Params) =>
      `Bitte schreiben Sie den Namen nur mit Buchstaben, Bindestrich, Punkt, Apostroph oder Leerzeichen, ohne: ${one(params, 'characters')}.`,
    noName: 'Das ist kein Name. Bitte geben Sie den Namen so ein, wie er im Ausweis oder auf Papieren steht.',
    saysNothing: 'Bitte schreiben Sie es in Worten. Zeichen allein genügen nicht.',
    noNameOpen: 'Das ist kein Name. Gibt es hier keinen Namen, lassen Sie das Feld bitte leer.',
    notAllowedCharacters: (params: Params) =>
      `Bitte verwenden Sie Buchstaben und Ziffern. Das können wir nicht verarbeiten: ${one(params, 'characters')}`,
    otherScript: (params: Params) =>
      `Bitte schreiben Sie mit lateinischen Buchstaben, Namen so wie im Pass. Diese Zeichen können wir nicht verarbeiten: ${one(params, 'characters')}`,
    notANumber: 'Bitte geben Sie eine ganze Zahl ein, zum Beispiel 3.',
    tooSmall: (params: Params) => `Bitte geben Sie mindestens ${one(params, 'min')} ein.`,
    tooLarge: (params: Params) => `Bitte geben Sie höchstens ${one(params, 'max')} ein.`,
    notADate: 'Dieses Datum gibt es nicht. Bitte prüfen Sie Tag, Monat und Jahr.',
    dateUnclear: 'Bitte schreiben Sie Tag, Monat und Jahr mit Ziffern, zum Beispiel 24 12 1985.',
    dayMissing: 'Bitte geben Sie den Tag ein, zum Beispiel 24.',
    monthMissing: 'Bitte geben Sie den Monat als Zahl ein, zum Beispiel 12.',
    monthUnknown: 'Bitte geben Sie auch den Monat ein. Wissen Sie ihn nicht, lassen Sie Tag und Monat leer.',
    yearMissing: 'Bitte geben Sie das Jahr mit 4 Ziffern ein, zum Beispiel 2026.',
    yearWrong:
      'Dieses Jahr kann nicht stimmen. Bitte geben Sie das Jahr mit 4 Ziffern ein, zum Beispiel 1985.',
    notAnOption: 'Bitte wählen Sie eine der Möglichkeiten.',
    notACountry: (params: Params) =>
      `„${one(params, 'typed')}“ haben wir unter den Staaten nicht gefunden. Bitte wählen Sie den Staat aus der Liste.`,
    notAPhone: 'Bitte prüfen Sie die Telefonnummer, zum Beispiel 0721 1330.',
    notASerialNumber:
      'Diese Seriennummer gibt es auf deutschen Ausweisen und Pässen nicht. Sie hat 9 Zeichen, zum Beispiel L01X00T47. Was wie A, B, I, O oder S aussieht, ist eine Ziffer.',
    serialNumberSlip:
      'In dieser Seriennummer stimmt ein Zeichen nicht. Bitte vergleichen Sie jedes Zeichen mit Ihrem Ausweis oder Pass.',
    serialNumberIsCan:
      'Das ist wohl die sechsstellige Zugangsnummer (CAN). Wir brauchen die Seriennummer. Auf dem Personalausweis steht sie oben rechts, im Pass auf der Seite mit dem Foto.',
    notADocumentNumber:
      'Bitte geben Sie die Nummer so ein, wie sie auf dem Papier steht: 5 bis 20 Buchstaben und Ziffern.',
    phoneLetters:
      'In der Telefonnummer stehen Buchstaben. Bitte schreiben Sie sie nur mit Ziffern, zum Beispiel 0721 1330.',
    phoneTooShort:
      'Die Telefonnummer ist zu kurz. Bitte geben Sie alle Ziffern ein, zum Beispiel 0721 123456.',
    phoneTooLong: 'Die Telefonnummer ist zu lang. Bitte geben Sie eine Nummer ein, zum Beispiel 0721 123456.',
    phoneAreaCode:
      'Bitte geben Sie die Telefonnummer mit Vorwahl ein, zum Beispiel 0721 123456 oder 0172 1234567.',
    phoneService:
      'Das ist eine Nummer für Notrufe oder Dienste. Bitte geben Sie Ihre eigene Telefonnummer ein.',
    notAnEmail:
      'Bitte geben Sie nur die E-Mail-Adresse ein, ohne Namen, Klammern und Leerzeichen, zum Beispiel name@beispiel.de.',
    emailAt: 'In der E-Mail-Adresse fehlt das Zeichen @. Bitte geben Sie sie so ein: name@beispiel.de.',
    emailDots:
      'In der E-Mail-Adresse steht ein Punkt zu viel. Bitte prüfen Sie die Punkte am Anfang, in der Mitte und am Ende.',
    emailEnding:
      'Der E-Mail-Adresse fehlt das Ende. Bitte geben Sie sie vollständig ein, zum Beispiel mit .de oder .com.',
    notAPostcode: 'Bitte geben Sie die Postleitzahl mit 5 Ziffern ein, zum Beispiel 76133.',
    unknownStreet: (params: Params) =>
      streets(params) === ''
        ? 'Diese Straße steht nicht in unserem Verzeichnis. Bitte prüfen Sie die Schreibweise. Stimmt sie, kreuzen Sie „Trotzdem weiter“ an.'
        : `Diese Straße steht nicht in unserem Verzeichnis. Meinen Sie: ${streets(params)}? Wenn nicht, kreuzen Sie „Trotzdem weiter“ an.`,
    notInCity: (params: Params) =>
      `Diese Adresse liegt nicht in ${one(params, 'city') || 'unserer Stadt'}. Wir sind nur für die Stadt zuständig.`,
    postcodeNotInCity: (params: Params) =>
      `Diese Postleitzahl gehört nicht zu ${one(params, 'city') || 'unserer Stadt'}. Bitte prüfen Sie sie.`,
    streetMissing:
      'Bitte geben Sie die Straße ein. Gibt es keine, schreiben Sie den Namen des Ortes oder Ortsteils. Hat ein Amt nur eine Postleitzahl und einen Ort, kreuzen Sie „Trotzdem weiter“ an.',
    houseNumberMissing:
      'Bitte geben Sie die Hausnummer ein, zum Beispiel 10a. Gibt es keine, kreuzen Sie „Trotzdem weiter“ an.',
    houseNumberUnclear:
      'In der Hausnummer fehlt eine Ziffer. Bitte geben Sie sie ein, zum Beispiel 10a. Hat das Haus keine Nummer, leeren Sie das Feld und tippen Sie auf „Weiter“.',
    notAHouseNumber: 'Diese Hausnummer gibt es nicht. Bitte prüfen Sie sie, zum Beispiel 10a.',
    partsDiffer:
      'In diesem Feld steht noch etwas anderes als in den übrigen Feldern. Bitte geben Sie jede Angabe nur einmal ein.',
    numbersDiffer:
      'Hier steht eine andere Zahl als im Feld „Hausnummer“. Bitte geben Sie nur eine Hausnummer ein. Gehört die Zahl zum Namen der Straße, kreuzen Sie „Trotzdem weiter“ an.',
    notAGermanPostcode:
      'Eine Postleitzahl in Deutschland hat 5 Ziffern, zum Beispiel 76133. Liegt die Adresse im Ausland? Dann wählen Sie bitte den Staat.',
    notInGermany:
      'Diese Adresse liegt nicht in Deutschland. Hier geht nur eine Adresse in Deutschland. Bitte geben Sie eine ein. Haben Sie keine, rufen Sie die 115 an.',
    otherCountry: 'Diese Adresse liegt nicht in Deutschland. Bitte wählen Sie den Staat aus der Liste.',
    perhapsAbroad:
      'Dieser Ort liegt wohl nicht in Deutschland. Bitte prüfen Sie die Adresse. Stimmt sie, kreuzen Sie „Trotzdem weiter“ an.',
    perhapsGermany:
      'Diese Adresse liegt wohl in Deutschland. Bitte prüfen Sie Postleitzahl, Ort und Staat. Stimmen sie, kreuzen Sie „Trotzdem weiter“ an.',
    postcodeNotOfStreet: (params: Params) =>
      `Diese Postleitzahl passt nicht zur Straße. Richtig ist ${postcodes(params, 'oder')}.`,
    fileTooLarge: (params: Params) =>
      `Die Datei ist zu groß. Sie darf höchstens ${megabytes(params)} MB groß sein.`,
    fileWrongType: (params: Params) =>
      `Diese Art von Datei können wir nicht annehmen. Bitte wählen Sie eine andere: ${one(params, 'kinds')}.`,
    fileDamaged: 'Die Datei ist beschädigt. Bitte speichern Sie sie neu oder fotografieren Sie das Blatt.',
    fileIncomplete:
      'Die Datei ist unvollständig: Ein Teil des Bildes fehlt. Bitte wählen Sie sie noch einmal aus oder fotografieren Sie das Blatt neu.',
    fileLocked:
      'Die Datei ist mit einem Passwort geschützt. Bitte speichern Sie sie ohne Passwort oder fotografieren Sie das Blatt.',
    fileActive:
      'Die Datei enthält Programme, Filme oder andere Dateien. Bitte drucken Sie sie als neues PDF oder fotografieren Sie das Blatt.',
    fileUnshown:
      'Auf dem Blatt stehen Einträge, Notizen oder eine Unterschrift, die bei uns verloren gingen. Bitte drucken Sie die Datei als neues PDF oder fotografieren Sie das Blatt.',
    filePhoto:
      'Dieses Foto können wir nicht lesen. Beim iPhone hilft: Einstellungen > Kamera > Formate > Maximale Kompatibilität. Bitte fotografieren Sie danach noch einmal.',
    filePixels: (params: Params) =>
      `Das Bild ist zu groß. Es darf höchstens ${one(params, 'maxMegapixels')} Megapixel haben. Bitte fotografieren Sie das Blatt mit einer kleineren Auflösung.`,
    fileFlood: (params: Params) =>
      `Die Datei hat zu viele Seiten oder zu große Bilder. Möglich sind ${one(params, 'maxPages')} Seiten und Bilder mit ${one(params, 'maxMegapixels')} Megapixeln. Bitte teilen Sie die Datei auf.`,
    fileBusy:
      'Gerade prüfen wir sehr viele Dateien. Bitte wählen Sie die Datei in einer Minute noch einmal aus.',
    fileOften:
      'Von diesem Anschluss kamen in der letzten Stunde sehr viele Dateien. Bitte versuchen Sie es in einer Stunde noch einmal, oder geben Sie die Unterlagen persönlich ab.',
    fileTooMany: (params: Params) =>
      one(params, 'max') === '1'
        ? 'Hier geht nur eine Datei. Bitte wählen Sie eine aus.'
        : `Mehr als ${one(params, 'max')} Dateien gehen nicht. Bitte entfernen Sie zuerst eine.`,
    fileEmpty: 'Die Datei ist leer. Bitte wählen Sie eine andere.',
    slotFull: 'Dieser Termin ist gerade vergeben worden. Bitte wählen Sie einen anderen.',
    slotClosed: 'An diesem Tag fährt keine Tour mehr. Bitte wählen Sie einen anderen Tag.',
    mustConfirm: 'Bitte bestätigen Sie das, damit es weitergeht.',
    entitlementUsed: 'Das ist in diesem Jahr schon genutzt worden, so oft es möglich ist.',
    formOutdated:
      'Die Seite war nicht mehr aktuell. Bitte prüfen Sie Ihre Angaben und tippen Sie noch einmal auf „Weiter“.',
    stepMissing: 'Dieser Schritt fehlt noch.',
    identityCancelled: 'Die Anmeldung wurde abgebrochen. Sie können es noch einmal versuchen.',
    identityTooLow: ({ level }: Params) =>
      `Diese Art der Anmeldung reicht hier nicht aus. Es reichen der Online-Ausweis (Personalausweis, eID-Karte oder elektronischer Aufenthaltstitel)${level === 'high' ? '' : ', ein ELSTER-Zertifikat'} und viele Ausweise anderer EU-Staaten.`,
    identityWrongMeans:
      'Mit diesem Ausweis oder dieser Anmeldung dürfen wir hier nicht weitermachen. Bitte nehmen Sie eine der Karten, die auf dieser Seite stehen.',
    identityExpired: 'Die Anmeldung hat zu lange gedauert. Bitte versuchen Sie es noch einmal.',
    identityRefused:
      'Die Antwort des Anmeldedienstes konnten wir nicht prüfen. Es wurde nichts übernommen. Bitte versuchen Sie es noch einmal.',
    identityDenied:
      'Der Anmeldedienst hat Sie nicht angemeldet. Vielleicht ist Ihr Ausweis abgelaufen oder gesperrt.',
  },
  en: {
    tooLong: (params: Params) => `Please shorten this to at most ${one(params, 'max')} characters.`,
    tooShort: (params: Params) => `Please enter at least ${one(params, 'min')} characters.`,
    tooMany: (params: Params) => `Please choose at most ${one(params, 'max')}.`,
    tooFew: (params: Params) => `Please choose at least ${one(params, 'min')}.`,
    notAName: (params: Params) =>
      `Please write the name with letters, hyphen, full stop, apostrophe or space only, without: ${one(params, 'characters')}.`,
    noName: 'This is no name. Please enter the name as it stands in the identity card or on papers.',
    saysNothing: 'Please write it in words. Signs alone are not enough.',
    noNameOpen: 'This is no name. If there is no name to enter here, please leave the field empty.',
    notAllowedCharacters: (params: Params) =>
      `Please use letters and digits. We cannot process: ${one(params, 'characters')}`,
    otherScript: (params: Params) =>
      `Please write with Latin letters, names as in the passport. We cannot process these characters: ${one(params, 'characters')}`,
    notANumber: 'Please enter a whole number, for example 3.',
    tooSmall: (params: Params) => `Please enter at least ${one(params, 'min')}.`,
    tooLarge: (params: Params) => `Please enter at most ${one(params, 'max')}.`,
    notADate: 'This date does not exist. Please check day, month and year.',
    dateUnclear: 'Please write day, month and year with digits, for example 24 12 1985.',
    dayMissing: 'Please enter the day, for example 24.',
    monthMissing: 'Please enter the month as a number, for example 12.',
    monthUnknown: 'Please enter the month as well. If you do not know it, leave day and month empty.',
    yearMissing: 'Please enter the year with 4 digits, for example 2026.',
    yearWrong: 'This year cannot be right. Please enter the year with 4 digits, for example 1985.',
    notAnOption: 'Please choose one of the answers.',
    notACountry: (params: Params) =>
      `We have not found “${one(params, 'typed')}” among the countries. Please choose the country from the list.`,
    notAPhone: 'Please check the phone number, for example 0721 1330.',
    phoneLetters:
      'There are letters in the phone number. Please write it with digits only, for example 0721 1330.',
    phoneTooShort: 'The phone number is too short. Please enter all of its digits, for example 0721 123456.',
    phoneTooLong: 'The phone number is too long. Please enter one number, for example 0721 123456.',
    phoneAreaCode:
      'Please enter the phone number with its area code, for example 0721 123456 or 0172 1234567.',
    phoneService: 'This is an emergency or service number. Please enter your own phone number.',
    notAnEmail:
      'Please enter the e-mail address alone, without names, brackets and spaces, for example name@example.com.',
    notASerialNumber:
      'German identity cards and passports have no such serial number. It has 9 characters, for example L01X00T47. What looks like A, B, I, O or S is a digit.',
    serialNumberSlip:
      'One character of this serial number is not right. Please compare each one with your identity card or passport.',
    serialNumberIsCan:
      'This seems to be the access number of six digits (CAN). We need the serial number. It is at the top right of the identity card, and on the page with the photo in a passport.',
    notADocumentNumber: 'Please enter the number as it stands on the document: 5 to 20 letters and digits.',
    emailAt: 'The e-mail address lacks the sign @. Please enter it like this: name@example.org.',
    emailDots:
      'There is a dot too many in the e-mail address. Please check the dots at its start, in the middle and at its end.',
    emailEnding:
      'The end of the e-mail address is missing. Please enter all of it, for example with .de or .com.',
    notAPostcode: 'Please enter the postcode with 5 digits, for example 76133.',
    unknownStreet: (params: Params) =>
      streets(params) === ''
        ? 'This street is not in our list. Please check the spelling. If it is right, tick “Continue anyway”.'
        : `This street is not in our list. Do you mean: ${streets(params)}? If not, tick “Continue anyway”.`,
    notInCity: (params: Params) =>
      `This address is not in ${one(params, 'city') || 'our city'}. We are responsible for the city only.`,
    postcodeNotInCity: (params: Params) =>
      `This postcode does not belong to ${one(params, 'city') || 'our city'}. Please check it.`,
    streetMissing:
      'Please enter the street. If there is none, write the name of the village or district. If an authority has only a postcode and a town, tick “Continue anyway”.',
    houseNumberMissing:
      'Please enter the house number, for example 10a. If there is none, tick “Continue anyway”.',
    houseNumberUnclear:
      'The house number has no digit. Please enter it, for example 10a. If the house has no number, empty the field and press “Continue”.',
    notAHouseNumber: 'There is no such house number. Please check it, for example 10a.',
    partsDiffer:
      'This field also says something else than the other fields. Please enter each part only once.',
    numbersDiffer:
      'There is another number here than in the field “House number”. Please enter one house number only. If the number is part of the name of the street, tick “Continue anyway”.',
    notAGermanPostcode:
      'A postcode in Germany has 5 digits, for example 76133. Is the address abroad? Then please choose the country.',
    notInGermany:
      'This address is not in Germany. Only an address in Germany is possible here. Please enter one. If you have none, call 115.',
    otherCountry: 'This address is not in Germany. Please choose the country from the list.',
    perhapsAbroad:
      'This town does not seem to be in Germany. Please check the address. If it is right, tick “Continue anyway”.',
    perhapsGermany:
      'This address seems to be in Germany. Please check postcode, town and country. If they are right, tick “Continue anyway”.',
    postcodeNotOfStreet: (params: Params) =>
      `This postcode does not belong to the street. The right one is ${postcodes(params, 'or')}.`,
    fileTooLarge: (params: Params) => `The file is too large. It may have at most ${megabytes(params)} MB.`,
    fileWrongType: (params: Params) =>
      `We cannot accept this kind of file. Please choose another one: ${one(params, 'kinds')}.`,
    fileDamaged: 'The file is damaged. Please save it again or take a photo of the page.',
    fileIncomplete:
      'The file is incomplete: a part of the picture is missing. Please choose it again or take a new photo of the page.',
    fileLocked:
      'The file is protected by a password. Please save it without one or take a photo of the page.',
    fileActive:
      'The file contains programs, films or other files. Please print it as a new PDF or take a photo of the page.',
    fileUnshown:
      'The page has entries, notes or a signature that would get lost with us. Please print the file as a new PDF or take a photo of the page.',
    filePhoto:
      'We cannot read this photo. On an iPhone this helps: Settings > Camera > Formats > Most Compatible. Then please take the photo again.',
    filePixels: (params: Params) =>
      `The picture is too large. It may have at most ${one(params, 'maxMegapixels')} megapixels. Please take a photo of the page with a lower resolution.`,
    fileFlood: (params: Params) =>
      `The file has too many pages, or pictures that are too large. ${one(params, 'maxPages')} pages and pictures of ${one(params, 'maxMegapixels')} megapixels are possible. Please split the file.`,
    fileBusy: 'We are checking very many files just now. Please choose the file again in a minute.',
    fileOften:
      'Very many files came from this connection within the last hour. Please try again in an hour, or hand the papers in yourself.',
    fileTooMany: (params: Params) =>
      `More than ${one(params, 'max')} files are not possible. Please remove one first.`,
    fileEmpty: 'The file is empty. Please choose another one.',
    slotFull: 'This date has just been taken. Please choose another one.',
    slotClosed: 'There is no tour on this day any more. Please choose another day.',
    mustConfirm: 'Please confirm this to go on.',
    entitlementUsed: 'This has already been used this year, as often as is possible.',
    formOutdated: 'The page was out of date. Please check your answers and press “Continue” again.',
    stepMissing: 'This step is still missing.',
    identityCancelled: 'The sign-in was cancelled. You can try again.',
    identityTooLow: ({ level }: Params) =>
      `This kind of sign-in is not enough here. The German online ID (identity card, eID card or electronic residence permit)${level === 'high' ? '' : ', an ELSTER certificate'} and many IDs of other EU states are enough.`,
    identityWrongMeans:
      'We may not go on here with this card or this kind of sign-in. Please use one of the cards named on this page.',
    identityExpired: 'The sign-in took too long. Please try again.',
    identityRefused:
      'We could not verify the answer of the sign-in service. Nothing was taken over. Please try again.',
    identityDenied: 'The sign-in service did not sign you in. Your ID card may have expired or be blocked.',
  },
  leicht: {
    tooLong: (params: Params) =>
      `Der Text ist zu lang. Bitte schreiben Sie höchstens ${one(params, 'max')} Zeichen.`,
    tooShort: (params: Params) =>
      `Der Text ist zu kurz. Bitte schreiben Sie mindestens ${one(params, 'min')} Zeichen.`,
    tooMany: (params: Params) => `Das ist zu viel. Bitte wählen Sie höchstens ${one(params, 'max')}.`,
    tooFew: (params: Params) => `Das ist zu wenig. Bitte wählen Sie mindestens ${one(params, 'min')}.`,
    notAName: (params: Params) =>
      `Bitte prüfen Sie den Namen. Ein Name hat nur Buchstaben und Striche. Das geht nicht: ${one(params, 'characters')}`,
    noName: 'Das ist kein Name. Bitte schreiben Sie den Namen wie im Ausweis.',
    saysNothing: 'Bitte schreiben Sie Wörter. Zeichen allein reichen nicht.',
    noNameOpen: 'Das ist kein Name. Es gibt keinen Namen? Dann machen Sie das Feld bitte leer.',
    notAllowedCharacters: (params: Params) =>
      `Bitte schreiben Sie nur Buchstaben und Zahlen. Das kennen wir nicht: ${one(params, 'characters')}`,
    otherScript: (params: Params) =>
      `Bitte schreiben Sie mit lateinischen Buchstaben. Namen schreiben Sie wie im Pass. Diese Zeichen kennen wir nicht: ${one(params, 'characters')}`,
    notANumber: 'Bitte schreiben Sie eine Zahl. Zum Beispiel: 3.',
    tooSmall: (params: Params) => `Die Zahl ist zu klein. Die kleinste Zahl ist ${one(params, 'min')}.`,
    tooLarge: (params: Params) => `Die Zahl ist zu groß. Die größte Zahl ist ${one(params, 'max')}.`,
    notADate: 'Diesen Tag gibt es nicht. Bitte prüfen Sie das Datum.',
    dateUnclear: 'Bitte schreiben Sie das Datum mit Ziffern. Zum Beispiel: 24 12 1985.',
    dayMissing: 'Der Tag fehlt. Bitte schreiben Sie den Tag. Zum Beispiel: 24.',
    monthMissing: 'Der Monat fehlt. Bitte schreiben Sie den Monat als Zahl. Zum Beispiel: 12.',
    monthUnknown: 'Der Monat fehlt. Kennen Sie den Monat nicht? Dann machen Sie den Tag und den Monat leer.',
    yearMissing: 'Bitte schreiben Sie das Jahr mit 4 Ziffern. Zum Beispiel: 1985.',
    yearWrong: 'Dieses Jahr stimmt nicht. Bitte schreiben Sie das Jahr mit 4 Ziffern. Zum Beispiel: 1985.',
    notAnOption: 'Bitte wählen Sie eine Antwort aus.',
    notACountry: (params: Params) =>
      `„${one(params, 'typed')}“ steht nicht in unserer Liste. Bitte wählen Sie ein Land aus der Liste.`,
    notAPhone: 'Bitte prüfen Sie die Telefon-Nummer. Zum Beispiel: 0721 1330.',
    notASerialNumber:
      'Die Nummer ist nicht richtig. Sie hat 9 Zeichen. Zum Beispiel: L01X00T47. Es gibt kein O in der Nummer. Es ist immer eine Null.',
    serialNumberSlip: 'Ein Zeichen ist falsch. Vergleichen Sie bitte jedes Zeichen mit Ihrem Ausweis.',
    serialNumberIsCan:
      'Das ist eine andere Nummer. Sie heißt CAN. Wir brauchen die Serien-Nummer. Auf dem Personal-Ausweis steht sie oben rechts. Im Pass steht sie bei dem Foto.',
    notADocumentNumber:
      'Schreiben Sie die Nummer genau wie auf dem Papier. Sie hat 5 bis 20 Buchstaben und Zahlen.',
    phoneLetters:
      'In der Telefon-Nummer sind Buchstaben. Bitte schreiben Sie nur Ziffern. Zum Beispiel: 0721 1330.',
    phoneTooShort:
      'Die Telefon-Nummer ist zu kurz. Bitte schreiben Sie alle Ziffern. Zum Beispiel: 0721 123456.',
    phoneTooLong:
      'Die Telefon-Nummer ist zu lang. Bitte schreiben Sie nur eine Nummer. Zum Beispiel: 0721 123456.',
    phoneAreaCode:
      'Die Vorwahl fehlt. Bitte schreiben Sie die ganze Telefon-Nummer. Zum Beispiel: 0721 123456.',
    phoneService:
      'Das ist eine Not-Ruf-Nummer. Oder die Nummer von einem Dienst. Bitte schreiben Sie Ihre eigene Telefon-Nummer.',
    notAnEmail:
      'Bitte schreiben Sie nur die E-Mail-Adresse. Ohne Leer-Zeichen. Zum Beispiel: name@beispiel.de.',
    emailAt: 'In der E-Mail-Adresse fehlt das Zeichen @. Bitte schreiben Sie zum Beispiel: name@beispiel.de.',
    emailDots: 'In der E-Mail-Adresse ist ein Punkt zu viel. Bitte prüfen Sie die Punkte.',
    emailEnding: 'Das Ende von der E-Mail-Adresse fehlt. Das Ende ist zum Beispiel: .de oder .com.',
    notAPostcode: 'Die Post-Leit-Zahl hat 5 Ziffern. Zum Beispiel: 76133.',
    unknownStreet: (params: Params) =>
      streets(params) === ''
        ? 'Diese Straße kennen wir nicht. Bitte prüfen Sie den Namen. Ist der Name richtig? Dann setzen Sie ein Häkchen bei „Trotzdem weiter“.'
        : `Diese Straße kennen wir nicht. Meinen Sie: ${streets(params)}? Wenn nicht: Setzen Sie ein Häkchen bei „Trotzdem weiter“.`,
    notInCity: (params: Params) =>
      `Diese Adresse ist nicht in ${one(params, 'city') || 'unserer Stadt'}. Wir helfen nur in unserer Stadt.`,
    postcodeNotInCity: (params: Params) =>
      `Die Post-Leit-Zahl ist nicht von ${one(params, 'city') || 'unserer Stadt'}. Bitte prüfen Sie die Post-Leit-Zahl.`,
    streetMissing:
      'Bitte schreiben Sie die Straße. Gibt es keine Straße? Dann schreiben Sie den Namen von dem Ort oder dem Orts-Teil. Oder setzen Sie ein Häkchen bei „Trotzdem weiter“.',
    houseNumberMissing:
      'Die Haus-Nummer fehlt. Zum Beispiel: 10a. Gibt es keine Haus-Nummer? Dann setzen Sie ein Häkchen bei „Trotzdem weiter“.',
    houseNumberUnclear:
      'In der Haus-Nummer fehlt eine Zahl. Zum Beispiel: 10a. Hat das Haus keine Nummer? Dann machen Sie das Feld leer. Tippen Sie dann auf „Weiter“.',
    notAHouseNumber: 'Diese Haus-Nummer gibt es nicht. Bitte prüfen Sie die Nummer. Zum Beispiel: 10a.',
    partsDiffer: 'Hier steht etwas anderes als in den anderen Feldern. Bitte schreiben Sie alles nur einmal.',
    numbersDiffer:
      'Hier steht eine andere Zahl als bei der Haus-Nummer. Bitte schreiben Sie nur eine Haus-Nummer. Gehört die Zahl zum Namen von der Straße? Dann setzen Sie ein Häkchen bei „Trotzdem weiter“.',
    notAGermanPostcode:
      'In Deutschland hat die Post-Leit-Zahl 5 Ziffern. Zum Beispiel: 76133. Ist die Adresse in einem anderen Land? Dann wählen Sie bitte das Land.',
    notInGermany:
      'Diese Adresse ist nicht in Deutschland. Hier geht nur eine Adresse in Deutschland. Haben Sie keine? Dann rufen Sie an: 115.',
    otherCountry: 'Diese Adresse ist nicht in Deutschland. Bitte wählen Sie das Land aus der Liste.',
    perhapsAbroad:
      'Dieser Ort ist wohl nicht in Deutschland. Bitte prüfen Sie die Adresse. Ist sie richtig? Dann setzen Sie ein Häkchen bei „Trotzdem weiter“.',
    perhapsGermany:
      'Diese Adresse ist wohl in Deutschland. Bitte prüfen Sie die Adresse und das Land. Ist alles richtig? Dann setzen Sie ein Häkchen bei „Trotzdem weiter“.',
    postcodeNotOfStreet: (params: Params) =>
      `Die Post-Leit-Zahl passt nicht zu der Straße. Richtig ist: ${postcodes(params, 'oder')}.`,
    fileTooLarge: (params: Params) =>
      `Die Datei ist zu groß. Die Datei darf höchstens ${megabytes(params)} MB haben.`,
    fileWrongType: (params: Params) =>
      `Diese Datei geht nicht. Bitte wählen Sie eine andere Datei. Diese gehen: ${one(params, 'kinds')}.`,
    fileDamaged: 'Die Datei ist kaputt. Bitte machen Sie ein Foto von dem Blatt.',
    fileIncomplete:
      'Ein Teil vom Bild fehlt. Bitte wählen Sie die Datei noch einmal. Oder machen Sie ein neues Foto.',
    fileLocked:
      'Die Datei hat ein Passwort. Wir können sie nicht öffnen. Bitte machen Sie ein Foto von dem Blatt.',
    fileActive:
      'In der Datei ist ein Programm. Das ist nicht sicher. Bitte machen Sie ein Foto von dem Blatt.',
    fileUnshown:
      'Wir können nicht alles auf dem Blatt lesen. Zum Beispiel: eine Notiz oder eine Unterschrift. Drucken Sie die Datei als neues PDF. Oder machen Sie ein Foto von dem Blatt.',
    filePhoto:
      'Wir können dieses Foto nicht lesen. Haben Sie ein iPhone? Dann gehen Sie zu: Einstellungen > Kamera > Formate > Maximale Kompatibilität. Machen Sie das Foto noch einmal.',
    filePixels: (params: Params) =>
      `Das Bild ist zu groß. Höchstens ${one(params, 'maxMegapixels')} Mega-Pixel gehen. Bitte machen Sie ein neues Foto. Stellen Sie die Kamera vorher auf eine kleinere Größe.`,
    fileFlood: (params: Params) =>
      `Die Datei ist zu lang. Oder die Bilder sind zu groß. Höchstens ${one(params, 'maxPages')} Seiten gehen. Bitte machen Sie 2 Dateien daraus.`,
    fileBusy:
      'Gerade prüfen wir viele Dateien. Bitte warten Sie eine Minute. Dann wählen Sie die Datei noch einmal.',
    fileOften:
      'Von hier kamen sehr viele Dateien. Bitte warten Sie eine Stunde. Oder bringen Sie die Papiere zum Amt.',
    fileTooMany: (params: Params) =>
      one(params, 'max') === '1'
        ? 'Hier geht nur eine Datei. Bitte wählen Sie eine Datei aus.'
        : `Mehr als ${one(params, 'max')} Dateien gehen nicht. Bitte löschen Sie zuerst eine Datei.`,
    fileEmpty: 'Die Datei ist leer. Bitte wählen Sie eine andere Datei.',
    slotFull: 'Der Termin ist jetzt weg. Bitte wählen Sie einen anderen Termin.',
    slotClosed: 'An diesem Tag kommt niemand mehr. Bitte wählen Sie einen anderen Tag.',
    mustConfirm: 'Bitte setzen Sie hier ein Häkchen. Dann geht es weiter.',
    entitlementUsed: 'Das geht in diesem Jahr nicht noch einmal.',
    formOutdated: 'Die Seite war alt. Bitte prüfen Sie Ihre Angaben. Dann tippen Sie auf „Weiter“.',
    stepMissing: 'Dieser Schritt fehlt noch.',
    identityCancelled: 'Die Anmeldung ist abgebrochen. Sie können es noch einmal versuchen.',
    identityTooLow: ({ level }: Params) =>
      `Diese Anmeldung reicht nicht. Das geht: der Online-Ausweis${level === 'high' ? '' : ', ELSTER'} oder ein Ausweis aus der EU.`,
    identityWrongMeans: 'Diesen Ausweis dürfen wir hier nicht nehmen. Welche Karten gehen, lesen Sie hier.',
    identityExpired: 'Das hat zu lange gedauert. Bitte versuchen Sie es noch einmal.',
    identityRefused: 'Wir können die Anmeldung nicht prüfen. Bitte versuchen Sie es noch einmal.',
    identityDenied: 'Die Anmeldung hat nicht geklappt. Vielleicht ist Ihr Ausweis zu alt oder gesperrt.',
  },
});
