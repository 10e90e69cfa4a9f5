/** The islands of all pages, one module. Without it every page still works as plain forms. */
import { defineCalendar } from './calendar.ts';
import { defineChoice } from './choice.ts';
import { defineCounts } from './count.ts';
import { defineDeskKeys } from './desk-keys.ts';
import { defineIdle } from './idle.ts';
import { defineKeyboard } from './keyboard.ts';
import { startKeypad } from './keypad.ts';
import { openLayers } from './layer.ts';
import { goOnFromSetting, startPage } from './page.ts';
import { defineSearch } from './search.ts';
import { defineSmallIslands } from './small.ts';
import { defineSuggestions } from './suggest.ts';
import { defineWait } from './wait.ts';

startPage();
defineSmallIslands();
defineSearch();
defineChoice();
defineCounts();
defineSuggestions();
defineCalendar();
defineKeyboard();
defineIdle();
defineWait();
defineDeskKeys();
openLayers();
startKeypad();
goOnFromSetting();
