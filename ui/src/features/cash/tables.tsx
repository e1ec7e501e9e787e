// Sessions and receipts of a gate, and the money of a day.
import type { CashDay, CashSessionView, ReceiptRow } from "../../api/bindings";
import { MarkedTable } from "../../components/MarkedTable";
import { Money } from "../../components/Money";
import { NumberText } from "../../components/NumberText";
import { TimeLeftText } from "../../components/TimeLeftText";
import { useWords } from "../../i18n";
import { dayOf, formatDay, formatTime } from "../../lib/dates";
import classes from "./Cash.module.css";

const SESSION_TONES = {
  open: "brand",
  difference: "refuse",
  hand_over: "warm",
  done: "good",
} as const;
const RECEIPT_TONES = { standing: "good", pending: "warm", cancelled: "refuse" } as const;

interface Marking {
  marked: string | null;
  onMark: (id: string) => void;
}

export function SessionTable({
  sessions,
  now,
  ...marking
}: Marking & {
  sessions: CashSessionView[];
  now: number;
  onOpen: (session: CashSessionView) => void;
}) {
  const { t, language } = useWords();
  return (
    <MarkedTable
      {...marking}
      rows={sessions}
      testId="session"
      head={
        <>
          <th>{t("cash.stageLabel")}</th>
          <th>{t("cash.due")}</th>
          <th>{t("cash.cashier")}</th>
          <th className="wide-only">{t("cash.opened")}</th>
          <th className="wide-only">{t("cash.view.receipts")}</th>
          <th className="number">{t("cash.taken")}</th>
          <th className="number">{t("cash.expected")}</th>
          <th className="number">{t("cash.counted")}</th>
          <th className="number">{t("cash.difference")}</th>
        </>
      }
      cells={(session) => (
        <>
          <td>
            <span
              className="tag"
              data-tone={SESSION_TONES[session.stage]}
              data-stage={session.stage}
            >
              {t(`cash.stage.${session.stage}`)}
            </span>
          </td>
          <td style={{ whiteSpace: "nowrap" }}>
            {session.stage === "done" ? (
              "–"
            ) : (
              <TimeLeftText deadline={session.deadline} overdue={session.overdue} now={now} />
            )}
          </td>
          <td className="tight">{session.opened.name}</td>
          <td className="wide-only" style={{ whiteSpace: "nowrap" }}>
            {formatTime(session.opened.at)} {formatDay(dayOf(session.opened.at), language)}
          </td>
          <td className="wide-only">{t("cash.receipts", { count: session.receipts })}</td>
          <td className="number">
            <Money vnd={session.taken_vnd} />
          </td>
          <td className="number">
            <Money vnd={session.expected_vnd} />
          </td>
          <td className="number">
            {session.counted_vnd === null ? "–" : <Money vnd={session.counted_vnd} />}
          </td>
          <td className="number" title={session.reason}>
            {session.difference_vnd === null ? "–" : <Money vnd={session.difference_vnd} />}
          </td>
        </>
      )}
    />
  );
}

export function ReceiptTable({ receipts, ...marking }: Marking & { receipts: ReceiptRow[] }) {
  const { t } = useWords();
  return (
    <MarkedTable
      {...marking}
      rows={receipts}
      testId="receipt"
      head={
        <>
          <th>{t("cash.stageLabel")}</th>
          <th>{t("cash.receiptNumber")}</th>
          <th>{t("field.time")}</th>
          <th>{t("cash.payer")}</th>
          <th>{t("cash.form")}</th>
          <th>{t("cash.cashier")}</th>
          <th className="number">{t("cash.amount")}</th>
        </>
      }
      cells={(receipt) => (
        <>
          <td title={receipt.reason}>
            <span className="tag" data-tone={RECEIPT_TONES[receipt.status]}>
              {t(`cash.status.${receipt.status}`)}
            </span>
          </td>
          <td className="tight">
            {receipt.preprinted ? (
              <>
                {receipt.number} <span className="soft">({t("cash.preprinted")})</span>
              </>
            ) : (
              <NumberText number={receipt.number} />
            )}
          </td>
          <td>{formatTime(receipt.issued.at)}</td>
          <td className="tight">{receipt.person_name}</td>
          <td className="tight">
            <NumberText number={receipt.form_number} />
          </td>
          <td className="tight">{receipt.issued.name}</td>
          <td className="number">
            <Money vnd={receipt.amount_vnd} />
          </td>
        </>
      )}
    />
  );
}

export function DaySums({ day }: { day: CashDay }) {
  const { t } = useWords();
  return (
    <div className={classes.day} data-testid="cash-day">
      <section>
        <h2>{t("cash.day.tax")}</h2>
        <dl className={classes.sums}>
          <Sum label={t("cash.day.computed")} vnd={day.computed_vnd} />
          <Sum label={t("cash.day.paidCash")} vnd={day.paid_cash_vnd} />
          <Sum label={t("cash.day.paidBank")} vnd={day.paid_bank_vnd} />
          <Sum label={t("cash.day.refunded")} vnd={day.refunded_vnd} />
          <Sum label={t("cash.day.toRefund")} vnd={day.to_refund_vnd} />
          <Sum label={t("cash.day.unpaid")} vnd={day.unpaid_vnd} />
        </dl>
      </section>
      <section>
        <h2>{t("cash.day.receipts")}</h2>
        <dl className={classes.sums}>
          <dt>{t("cash.day.issued")}</dt>
          <dd>{day.receipts}</dd>
          <dt>{t("cash.day.cancelled")}</dt>
          <dd>{day.cancelled}</dd>
          <Sum label={t("cash.day.standing")} vnd={day.standing_vnd} />
        </dl>
        {day.series.map(({ series, first, last }) => (
          <p key={series} className="soft">
            {t("cash.day.series", { series, first, last })}
          </p>
        ))}
      </section>
      <section>
        <h2>{t("cash.day.money")}</h2>
        <dl className={classes.sums}>
          <Sum label={t("cash.day.recorded")} vnd={day.recorded_vnd} />
          <Sum label={t("cash.day.counted")} vnd={day.counted_vnd} />
          <Sum label={t("cash.day.taken")} vnd={day.taken_vnd} />
          <Sum label={t("cash.day.handedOver")} vnd={day.handed_over_vnd} />
        </dl>
      </section>
      <section>
        <h2>{t("cash.difference")}</h2>
        {day.differences.length === 0 && <p>{t("cash.day.agrees")}</p>}
        <ul className={classes.differences}>
          {day.differences.map(({ check, about, amount_vnd }) => (
            <li key={`${check} ${about}`} data-testid={`differs-${check}`}>
              {t(`cash.check.${check}`)}: <strong>{about}</strong> (<Money vnd={amount_vnd} />)
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function Sum({ label, vnd }: { label: string; vnd: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <Money vnd={vnd} />
      </dd>
    </>
  );
}
