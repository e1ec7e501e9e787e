// The start page of whoever decides: what waits, each count with the screen it leads to.
import { useEffect, useRef } from "react";
import type { BreachKind, Overview, SessionView, SystemStatus } from "../api/bindings";
import { messageOf } from "../api/errors";
import type { ScreenName } from "../components/AppFrame";
import { Problem } from "../components/kit";
import { ScreenKeys } from "../components/ScreenKeys";
import { useScan } from "../features/breaches/use-breaches";
import { type Tile, Tiles, useTileKeys } from "../features/today/Tiles";
import classes from "../features/today/Today.module.css";
import { useOverview } from "../features/today/use-overview";
import { useWords } from "../i18n";
import { formatDay } from "../lib/dates";

/** Patterns are looked at, the others are decided. */
const PATTERNS: readonly BreachKind[] = [
  "shared_phone",
  "shared_address",
  "shared_vehicle",
  "shared_trader",
  "same_goods",
  "just_under",
  "two_gates",
];

export function TodayScreen(props: {
  session: SessionView;
  status: SystemStatus;
  active: boolean;
  /** The screens this account may open. */
  screens: readonly ScreenName[];
  onOpen: (screen: ScreenName) => void;
  onBreaches: (kind: BreachKind | null) => void;
}) {
  const { t, language } = useWords();
  const overview = useOverview(props.active);
  const scan = useScan(props.session, props.status.today, props.active);
  const { board, onKeyDown } = useTileKeys();
  const seen = overview.data;
  const isRead = seen !== undefined;
  const begun = useRef(false);
  // The first count has the focus as soon as there is one.
  useEffect(() => {
    if (isRead && !begun.current) {
      begun.current = true;
      board.current?.querySelector<HTMLElement>("[data-tile]:enabled")?.focus();
    }
  }, [isRead, board]);
  const to = (screen: ScreenName) =>
    props.screens.includes(screen) ? () => props.onOpen(screen) : undefined;
  const readAgain = () => {
    scan.look?.();
    void overview.refetch();
  };
  return (
    <div className="screen">
      <div className={classes.screen}>
        <header className={classes.head}>
          <h1>{t("today.title")}</h1>
          <span className="soft">
            {formatDay(props.status.today, language)} ·{" "}
            {seen?.gate === "" ? t("breach.allGates") : props.session.gate_name}
          </span>
        </header>
        {overview.isError && <Problem>{messageOf(overview.error)}</Problem>}
        {scan.error !== null && <Problem>{messageOf(scan.error)}</Problem>}
        {seen && (
          // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the tiles inside
          <div ref={board} className={classes.board} onKeyDown={onKeyDown} data-testid="today">
            <Breaches seen={seen} onBreaches={props.onBreaches} />
            <Waiting seen={seen} to={to} />
          </div>
        )}
      </div>
      <ScreenKeys
        keys={[
          { key: "↑↓", label: t("keys.move"), inBar: false },
          { key: "Enter", label: t("keys.open"), inBar: false },
          { key: "F5", label: t("today.again"), action: readAgain },
        ]}
      />
    </div>
  );
}

function Breaches(props: { seen: Overview; onBreaches: (kind: BreachKind | null) => void }) {
  const { t } = useWords();
  const { seen, onBreaches } = props;
  const total = seen.breaches.reduce((sum, { count }) => sum + count, 0);
  const tile = ({ kind, count }: Overview["breaches"][number]): Tile => ({
    name: kind,
    label: t(`breachKind.${kind}`),
    count,
    tone: "warm",
    onOpen: () => onBreaches(kind),
  });
  const parts = [
    seen.breaches_own > 0 && t("today.own", { count: seen.breaches_own }),
    seen.breaches_referred > 0 && t("today.referred", { count: seen.breaches_referred }),
  ];
  const all: Tile = {
    name: "breaches",
    label: t("today.breaches"),
    count: total,
    note: parts.filter(Boolean).join(" · "),
    tone: "refuse",
    onOpen: () => onBreaches(null),
  };
  const breaches = seen.breaches.filter(({ kind }) => !PATTERNS.includes(kind));
  const patterns = seen.breaches.filter(({ kind }) => PATTERNS.includes(kind));
  return (
    <div className={classes.column}>
      <Tiles title={t("breach.title")} tiles={[all, ...breaches.map(tile)]} />
      {patterns.length > 0 && <Tiles title={t("today.patterns")} tiles={patterns.map(tile)} />}
    </div>
  );
}

function Waiting(props: { seen: Overview; to: (screen: ScreenName) => (() => void) | undefined }) {
  const { t, language } = useWords();
  const { seen, to } = props;
  const said = (count: number, text: string) => (count > 0 ? text : undefined);
  const oldest = seen.days_open[0];
  const work: Tile[] = [
    {
      name: "late",
      label: t("today.late"),
      count: seen.forms_late,
      note: said(seen.forms_near, t("today.near", { count: seen.forms_near })),
      tone: "refuse",
      onOpen: to("queue"),
    },
    {
      name: "open",
      label: t("today.open"),
      count: seen.forms_open,
      onOpen: to("queue"),
    },
    {
      name: "corrections",
      label: t("today.corrections"),
      count: seen.corrections,
      note: said(seen.corrections_own, t("today.ownProposals", { count: seen.corrections_own })),
      tone: "warm",
      onOpen: to("queue"),
    },
    {
      name: "days",
      label: t("today.days"),
      count: seen.days_open.length,
      note: oldest && t("today.oldest", { day: formatDay(oldest.day, language) }),
      tone: "warm",
      onOpen: to("report"),
    },
    {
      name: "law",
      label: t("today.law"),
      count: seen.law_changes,
      tone: "warm",
      onOpen: to("law"),
    },
  ];
  const cash: Tile[] = [
    { name: "cash-open", label: t("today.cashOpen"), count: seen.cash_open, onOpen: to("cash") },
    {
      name: "cash-unseen",
      label: t("today.cashUnseen"),
      count: seen.cash_unseen,
      tone: "refuse",
      onOpen: to("cash"),
    },
    {
      name: "cash-waiting",
      label: t("today.cashWaiting"),
      count: seen.cash_waiting,
      note: said(seen.cash_late, t("today.cashLate", { count: seen.cash_late })),
      tone: "warm",
      onOpen: to("cash"),
    },
    {
      name: "receipts",
      label: t("today.receipts"),
      count: seen.receipts,
      tone: "warm",
      onOpen: to("cash"),
    },
  ];
  return (
    <div className={classes.column}>
      <Tiles title={t("today.work")} tiles={work} />
      <Tiles title={t("today.cash")} tiles={cash} />
    </div>
  );
}
