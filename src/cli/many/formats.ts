import type { CreditBalanceList as Body, CreditBalance } from '../../../generated/openapi.js';
import { CreditBalanceList } from '../../../generated/operations.js';
import { totalNames } from '../../credit-balances/ledger/balances-option.js';
import { parseJson } from '../../http/json.js';
import { balanceColumns, describeMissing, formatMoney, toCells } from '../balances.js';
import { formatCsv } from '../csv.js';
import { fitsLine, formatRecord, formatRow, makeRule } from '../table.js';
import { toSafeJson } from '../text.js';

/** What of many customers is printed or written. */
export interface Format {
  /** What comes before the first customer: a whole line, or nothing. */
  head: string;
  /** The whole lines of a customer. */
  format(customerId: string, body: Body): string;
}

/** One line of a file that was written before. */
export interface Line {
  customerId: string;
  balances: Pick<CreditBalance, 'currency_code' | 'balance'>[];
  /** How many lines the customer has. */
  lines: number;
  /** Whether it is of a run that asked for the same currencies. */
  isSameQuestion: boolean;
}

/** A format that a later run can read. */
export interface FileFormat extends Format {
  name: 'CSV' | 'NDJSON';
  /** How the lines of each customer begin. */
  start: string;
  /** Undefined for a line that the format does not write. */
  parse(line: string): Line | undefined;
}

/** A row for each customer and currency; a customer without credit has one that says so. */
export function makeCsv(currencies: readonly string[] | undefined): FileFormat {
  const asked = currencies?.toSorted();
  const noteOf = (hasCredit: boolean) => {
    if (!hasCredit) return `no credit${asked === undefined ? '' : ` in ${asked.join(', ')}`}`;
    return asked === undefined ? '' : `only ${asked.join(', ')} asked for`;
  };
  const formatRows = (rows: string[][]) => `${formatCsv(rows)}\n`;
  const notes = [true, false].map((hasCredit) => formatCsv([[noteOf(hasCredit)]]));
  return {
    name: 'CSV',
    start: 'ctm_',
    head: formatRows([[...balanceColumns, 'currencies', 'note']]),
    format(customerId, { data }) {
      const count = String(data.length);
      if (data.length > 0) return formatRows(data.map((each) => [...toCells(each), count, noteOf(true)]));
      const empty = balanceColumns.slice(1).map(() => '');
      return formatRows([[customerId, ...empty, count, noteOf(false)]]);
    },
    parse(line) {
      const [, customerId, currency_code, available, reserved, used, count, note] = csvLine.exec(line) ?? [];
      if (customerId === undefined || (currency_code === undefined) !== (count === '0')) return undefined;
      const balances =
        currency_code === undefined ? [] : [{ currency_code, balance: { available, reserved, used } as never }];
      const isSameQuestion = note === notes[count === '0' ? 1 : 0];
      return { customerId, balances, lines: Math.max(1, Number(count)), isSameQuestion };
    },
  };
}

const csvLine =
  /^(ctm_[a-z\d]{26}),(?:([A-Z]{3}),(-?\d+),(-?\d+),(-?\d+),[-.\d]*,[-.\d]*,[-.\d]*|,{6}),(\d+),([^\r]*)$/;

/** A line for each customer: the body as Paddle sent it, with the customer and the currencies that were asked for. */
export function makeNdjson(currencies: readonly string[] | undefined): FileFormat {
  const asked = currencies?.toSorted();
  return {
    name: 'NDJSON',
    start: '{"customer_id":"ctm_',
    head: '',
    format(customerId, body) {
      const own = { customer_id: customerId, currency_code: asked };
      // Twice: first in the line, and not replaced by a field of the body.
      return `${toSafeJson({ ...own, ...body, ...own }, 0)}\n`;
    },
    parse(line) {
      const parsed = parseJson(line)?.value;
      if (!CreditBalanceList(parsed)) return undefined;
      const { customer_id, currency_code, data } = parsed as typeof parsed &
        Record<'customer_id' | 'currency_code', unknown>;
      if (typeof customer_id !== 'string') return undefined;
      const isSameQuestion = JSON.stringify(currency_code) === JSON.stringify(asked);
      return { customerId: customer_id, balances: data, lines: 1, isSameQuestion };
    },
  };
}

/** Columns of a width that is known before the amounts are, in characters. */
const tableHead = ['customer', 'cur', ...totalNames];
const tableWidths = [30, 3, 13, 13, 13];
const amountColumns = [2, 3, 4];

/**
 * Lines for people; what a terminal is too narrow for is a record.
 *
 * @param width of the terminal, in characters, if there is one.
 */
export function makeTable(asked: readonly string[] | undefined, locale: string | undefined, width?: number): Format {
  const isTable = fitsLine(makeRule(tableWidths).join('  '), width);
  const format = (cells: readonly string[]) => {
    const row = formatRow(cells, tableWidths, amountColumns);
    return isTable && fitsLine(row, width) ? row : formatRecord(tableHead, cells);
  };
  const head = [tableHead, makeRule(tableWidths)].map((cells) => `${formatRow(cells, tableWidths, amountColumns)}\n`);
  return {
    head: isTable ? head.join('') : '',
    format(customerId, { data }) {
      const rows = data.map(({ currency_code, balance }) => {
        const amounts = totalNames.map((name) => formatMoney(balance[name], currency_code, locale));
        return `${format([customerId, currency_code, ...amounts])}\n`;
      });
      const missing = describeMissing(data, asked);
      if (missing === undefined) return rows.join('');
      const start = isTable ? customerId : `customer ${customerId}\n`;
      return `${rows.join('')}${start}  no credit${missing}\n`;
    },
  };
}
