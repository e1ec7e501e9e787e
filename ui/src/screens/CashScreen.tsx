// Cash at the gate: open a session, count it, hand it over; receipts and how they come back.
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useState } from "react";
import type { ReceiptRow, SessionView } from "../api/bindings";
import { useClient } from "../api/client";
import { messageOf } from "../api/errors";
import { useCashDesk } from "../api/queries";
import { DayField } from "../components/DayField";
import { Problem } from "../components/kit";
import { type ScreenKey, ScreenKeys } from "../components/ScreenKeys";
import classes from "../features/cash/Cash.module.css";
import {
  AcknowledgeDialog,
  CountDialog,
  HandOverDialog,
  OpenDialog,
} from "../features/cash/dialogs";
import { AnswerDialog, TakeBackDialog } from "../features/cash/receipt-dialogs";
import { DaySums, ReceiptTable, SessionTable } from "../features/cash/tables";
import { PaperPreview } from "../features/print/PaperPreview";
import { useWords } from "../i18n";
import { focusSoon } from "../lib/focus";
import { useHeld } from "../lib/held";
import { useNow } from "../lib/now";
import { decides, takesSteps } from "../lib/steps";

const VIEWS = ["sessions", "receipts", "day"] as const;
type View = (typeof VIEWS)[number];
type Open = "open" | "close" | "acknowledge" | "hand_over" | "back" | "answer";

const MARKED_ROW = '[data-cash] tr[aria-selected="true"]';

export function CashScreen(props: { session: SessionView; today: string; active: boolean }) {
  const { t } = useWords();
  const { session: desk, today } = props;
  const now = useNow();
  const cash = useCashDesk(desk.gate, props.active);
  const [view, setView] = useState<View>("sessions");
  const [mark, setMark] = useState<string | null>(null);
  const [receiptMark, setReceiptMark] = useState<string | null>(null);
  // The session whose receipts are looked at; those of today when none.
  const [of, setOf] = useState<string | null>(null);
  const [dialog, setDialog] = useState<Open | null>(null);
  const [printing, setPrinting] = useState(false);
  const [day, setDay] = useState(today);

  const sessions = cash.data?.sessions ?? [];
  const receipts = useReceipts(cash.data?.receipts ?? [], of);
  const session = sessions.find(({ id }) => id === mark) ?? sessions[0];
  const receipt = receipts.find(({ id }) => id === receiptMark) ?? receipts[0];
  const { session: asked, receipt: taken } = useHeld(dialog !== null || printing, {
    session,
    receipt,
  });
  const own = session?.opened.by === desk.user || decides(desk.role);
  const may = takesSteps(desk.role);
  // Whoever opens the screen goes on by arrow keys; what has the focus keeps it.
  const { active } = props;
  const here = active && session !== undefined;
  useEffect(() => {
    const held = document.activeElement;
    if (here && (held === document.body || held?.closest("[hidden]"))) {
      focusSoon(MARKED_ROW);
    }
  }, [here]);
  const close = () => {
    setDialog(null);
    focusSoon(MARKED_ROW);
  };
  const show = (next: View, session: string | null = null) => {
    setView(next);
    setOf(session);
    focusSoon(MARKED_ROW);
  };
  const turn = (event: KeyboardEvent) => {
    const by = ({ ArrowRight: 1, ArrowLeft: -1 } as const)[event.key];
    if (by && !(event.target instanceof HTMLInputElement)) {
      event.preventDefault();
      const at = (VIEWS.indexOf(view) + by + VIEWS.length) % VIEWS.length;
      show(VIEWS[at] ?? "sessions");
    }
  };
  const offer = (kind: Open, key: string, when: boolean): ScreenKey[] =>
    may
      ? [
          {
            key,
            label: t(`cash.do.${kind}`),
            action: when ? () => setDialog(kind) : undefined,
            inBar: when,
          },
        ]
      : [];
  const atSessions = view === "sessions" && session !== undefined;
  const atReceipts = view === "receipts" && receipt !== undefined;
  const keys: ScreenKey[] = [
    ...offer("open", "F2", cash.data !== undefined && cash.data.own === null),
    ...offer("close", "F4", atSessions && own && session.stage === "open"),
    ...offer("acknowledge", "F6", atSessions && session.stage === "difference"),
    ...offer("hand_over", "F9", atSessions && own && session.stage === "hand_over"),
    ...offer("back", "F7", atReceipts && receipt.status === "standing"),
    ...offer("answer", "F3", atReceipts && receipt.status === "pending"),
    ...(may && view === "receipts"
      ? [
          {
            key: "Ctrl+P",
            label: t("keys.printPaper"),
            action: receipt && (() => setPrinting(true)),
          },
        ]
      : []),
    { key: "↑↓", label: t("keys.move"), inBar: false },
    ...(atSessions ? [{ key: "Enter", label: t("cash.openReceipts"), inBar: false }] : []),
    { key: "←→", label: t("cash.views"), inBar: false },
  ];
  return (
    <div className="screen">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the rows inside */}
      <div className={classes.screen} data-cash onKeyDown={turn}>
        <div className={classes.head}>
          <h1>{t("cash.title")}</h1>
          <fieldset className={classes.views} aria-label={t("cash.views")}>
            {VIEWS.map((one) => (
              <button
                key={one}
                type="button"
                aria-pressed={view === one}
                data-testid={`cash-view-${one}`}
                onClick={() => show(one)}
              >
                {t(`cash.view.${one}`)}
              </button>
            ))}
          </fieldset>
          {view === "day" && (
            <DayField
              label={t("field.day")}
              value={day}
              onChange={(next) => next && setDay(next)}
              testId="cash-day-of"
            />
          )}
        </div>
        {cash.data !== undefined && cash.data.overdue > 0 && (
          <p className={classes.late} role="alert" data-testid="cash-late">
            <strong>{t("cash.late", { count: cash.data.overdue })}.</strong> {t("cash.lateText")}
          </p>
        )}
        {cash.isError && <Problem>{messageOf(cash.error)}</Problem>}
        <section className={`panel ${classes.table}`} aria-label={t(`cash.view.${view}`)}>
          {view === "day" && <DayView gate={desk.gate} day={day} />}
          {view === "sessions" &&
            (sessions.length === 0 ? (
              <p className={classes.empty} data-testid="cash-empty">
                {cash.isPending ? t("app.loading") : t("cash.noSessions")}
              </p>
            ) : (
              <SessionTable
                sessions={sessions}
                now={now}
                marked={session?.id ?? null}
                onMark={setMark}
                onOpen={({ id }) => show("receipts", id)}
              />
            ))}
          {view === "receipts" &&
            (receipts.length === 0 ? (
              <p className={classes.empty}>
                {cash.isPending ? t("app.loading") : t("cash.noReceipts")}
              </p>
            ) : (
              <ReceiptTable
                receipts={receipts}
                marked={receipt?.id ?? null}
                onMark={setReceiptMark}
              />
            ))}
        </section>
      </div>
      <ScreenKeys keys={keys} active={props.active} />
      {dialog === "open" && <OpenDialog onClose={close} />}
      {dialog === "close" && asked && (
        <CountDialog session={asked} notes={cash.data?.notes_vnd ?? []} onClose={close} />
      )}
      {dialog === "acknowledge" && asked && <AcknowledgeDialog session={asked} onClose={close} />}
      {dialog === "hand_over" && asked && (
        <HandOverDialog session={asked} today={today} onClose={close} />
      )}
      {dialog === "back" && taken && <TakeBackDialog receipt={taken} onClose={close} />}
      {dialog === "answer" && taken && <AnswerDialog receipt={taken} onClose={close} />}
      {printing && taken && (
        <PaperPreview
          name={taken.number}
          ask={(client) => client.call("receipt_print", { id: taken.id })}
          onClose={() => setPrinting(false)}
        />
      )}
    </div>
  );
}

/** Receipts of a session, or those the desk shows. */
function useReceipts(ofToday: ReceiptRow[], session: string | null): ReceiptRow[] {
  const client = useClient();
  const list = useQuery({
    queryKey: ["receipt_list", session],
    queryFn: () => client.call("receipt_list", { gate: "", day: "", session }),
    enabled: session !== null,
  });
  return session === null ? ofToday : (list.data ?? []);
}

function DayView({ gate, day }: { gate: string; day: string }) {
  const client = useClient();
  const { t } = useWords();
  const sums = useQuery({
    queryKey: ["cash_day", gate, day],
    queryFn: () => client.call("cash_day", { gate, day }),
  });
  if (sums.isError) {
    return <Problem>{messageOf(sums.error)}</Problem>;
  }
  return sums.data ? (
    <DaySums day={sums.data} />
  ) : (
    <p className={classes.empty}>{t("app.loading")}</p>
  );
}
