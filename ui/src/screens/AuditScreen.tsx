// The log: search on the left, a record side by side on the right; anchors of the log on F6.
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { AuditSubject, SessionView, SystemStatus } from "../api/bindings";
import { useClient } from "../api/client";
import { messageOf, violationsOf } from "../api/errors";
import { useCommand } from "../api/queries";
import { Button, Problem } from "../components/kit";
import { Refusal } from "../components/Refusal";
import { ScreenKeys } from "../components/ScreenKeys";
import { AnchorDetail, AnchorPanel } from "../features/audit/AnchorPanel";
import classes from "../features/audit/Audit.module.css";
import { RecordDetail } from "../features/audit/RecordDetail";
import { keyOf, RecordTable } from "../features/audit/RecordTable";
import { SearchForm, useAsking } from "../features/audit/SearchForm";
import {
  NOTHING_ASKED,
  useAnchors,
  useAuditKinds,
  useAuditSearch,
} from "../features/audit/use-audit";
import { PaperPreview } from "../features/print/PaperPreview";
import { useWords } from "../i18n";
import { dayOf, formatDay, formatTime } from "../lib/dates";
import { useDebounced } from "../lib/debounce";
import { readText } from "../lib/file-text";

/** A record is opened once the mark rests on it: opening one that names a person is recorded. */
const REST_MS = 200;

export function AuditScreen(props: {
  session: SessionView;
  status: SystemStatus;
  onPerson: (id: string) => void;
}) {
  const reads = props.session.commands.includes("audit_search");
  const [anchors, setAnchors] = useState(!reads);
  const back = reads ? () => setAnchors(false) : undefined;
  return anchors ? (
    <Anchors today={props.status.today} onBack={back} />
  ) : (
    <Log {...props} onAnchors={() => setAnchors(true)} />
  );
}

function Log(props: {
  status: SystemStatus;
  onPerson: (id: string) => void;
  onAnchors: () => void;
}) {
  const { t, language } = useWords();
  const { typed, setTyped, ask, turn, search } = useAsking(
    { ...NOTHING_ASKED, from: formatDay(props.status.today, language) },
    { ...NOTHING_ASKED, from: props.status.today },
  );
  const [marked, setMarked] = useState<string | null>(null);
  const form = useRef<HTMLDivElement>(null);
  const kinds = useAuditKinds(true);
  const found = useAuditSearch(ask, turn, true);
  const pages = found.data?.pages ?? [];
  const rows = pages.flatMap((page) => page.rows);
  const chosen = rows.find((row) => keyOf(row) === marked) ?? rows[0] ?? null;
  const rested = useDebounced(chosen && keyOf(chosen), REST_MS);
  const rests = chosen !== null && rested === keyOf(chosen);
  const subject = pages[0]?.subject ?? null;
  const readTo = pages.at(-1)?.read_to ?? null;
  const follow = ({ id, name, kind }: AuditSubject) => {
    setMarked(null);
    // People read the number; a person is looked up by the id, which says nothing of them.
    setTyped({ ...NOTHING_ASKED, subject: kind === "form" ? name : id });
    search({ ...NOTHING_ASKED, subject: id });
  };
  const focus = () => form.current?.querySelector("input")?.select();
  const clear = () => {
    setTyped(NOTHING_ASKED);
    focus();
  };
  const goOn =
    found.hasNextPage && !found.isFetching ? () => void found.fetchNextPage() : undefined;
  const violations = violationsOf(found.error);
  return (
    <div className="screen">
      <div className={classes.screen}>
        <div className={classes.side}>
          <div ref={form}>
            <SearchForm
              value={typed}
              kinds={kinds.data ?? []}
              problems={violations}
              busy={found.isFetching}
              onChange={setTyped}
              onSearch={(next) => {
                setMarked(null);
                search(next);
              }}
            />
          </div>
          {found.isError && violations.length === 0 && <Problem>{messageOf(found.error)}</Problem>}
          <section className={`panel ${classes.list}`} aria-label={t("audit.records")}>
            {subject && (
              <div className={classes.head} data-testid="audit-found">
                <strong>
                  {t(`audit.of.${subject.kind}`)} {subject.name}
                </strong>
              </div>
            )}
            <div className={classes.scroll}>
              {found.isSuccess && rows.length === 0 ? (
                <p className={classes.empty} data-testid="audit-none">
                  {t(found.hasNextPage ? "audit.noneYet" : "audit.none")}
                </p>
              ) : (
                <RecordTable
                  rows={rows}
                  marked={chosen && keyOf(chosen)}
                  onMark={setMarked}
                  onFollow={(row) => row.subject && follow(row.subject)}
                />
              )}
            </div>
            <div className={classes.foot}>
              <p className="soft" data-testid="audit-read-to">
                {t("audit.shown", { count: rows.length })}
                {found.hasNextPage &&
                  readTo &&
                  ` · ${t("audit.readTo", {
                    time: `${formatTime(readTo)} ${formatDay(dayOf(readTo), language)}`,
                  })}`}
              </p>
              {found.hasNextPage && (
                <Button hotkey="F8" onClick={goOn} busy={found.isFetching} testId="audit-more">
                  {t("audit.goOn")}
                </Button>
              )}
            </div>
          </section>
        </div>
        <aside className={`panel ${classes.detail}`} aria-label={t("audit.record")}>
          {rests || chosen === null ? (
            <RecordDetail at={chosen} onFollow={follow} onPerson={props.onPerson} />
          ) : (
            <p className="soft">{t("app.loading")}</p>
          )}
        </aside>
      </div>
      <ScreenKeys
        keys={[
          { key: "F2", label: t("keys.search"), action: focus },
          { key: "F4", label: t("audit.clear"), action: clear },
          { key: "F6", label: t("audit.anchors"), action: props.onAnchors },
          { key: "F8", label: t("audit.goOn"), action: goOn },
          { key: "↑↓", label: t("keys.move") },
          { key: "Enter", label: t("audit.follow"), inBar: false },
        ]}
      />
    </div>
  );
}

function Anchors({ today, onBack }: { today: string; onBack: (() => void) | undefined }) {
  const { t } = useWords();
  const client = useClient();
  const anchors = useAnchors(true);
  const [marked, setMarked] = useState<string | null>(null);
  const [printing, setPrinting] = useState(false);
  const [unread, setUnread] = useState<string | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const make = useCommand("anchor_make");
  const keep = useCommand("anchor_keep");
  const save = useMutation({ mutationFn: (id: string) => client.call("anchor_export", { id }) });
  const all = anchors.data ?? [];
  const chosen = all.find(({ id }) => id === marked) ?? all[0] ?? null;
  const made = (anchor: { id: string }) => setMarked(anchor.id);
  const begin = () => {
    keep.reset();
    save.reset();
    make.mutate({ day: today }, { onSuccess: made });
  };
  const take = (given: File | undefined) => {
    if (given) {
      make.reset();
      setUnread(null);
      readText(given).then(
        (text) => keep.mutate({ text }, { onSuccess: made }),
        (error) => setUnread(messageOf(error)),
      );
    }
  };
  return (
    <div className="screen">
      <div className={classes.screen}>
        <div className={classes.side}>
          {anchors.isError && <Problem>{messageOf(anchors.error)}</Problem>}
          {unread !== null && <Problem>{unread}</Problem>}
          <Refusal error={make.error ?? keep.error ?? save.error} testId="anchor-problem" />
          {save.data && (
            <p className={classes.done} role="status" data-testid="anchor-path">
              {t("report.savedAt", { path: save.data.path })}
            </p>
          )}
          <section className={`panel ${classes.list}`} aria-label={t("audit.anchors")}>
            <div className={classes.head}>
              <h1>{t("audit.anchors")}</h1>
            </div>
            <p className={classes.empty}>{t("audit.anchorText")}</p>
            <div className={classes.scroll}>
              {anchors.isSuccess && (
                <AnchorPanel
                  anchors={all}
                  marked={chosen}
                  onMark={setMarked}
                  onOpen={() => setPrinting(true)}
                />
              )}
            </div>
          </section>
          <input
            ref={file}
            className={classes.file}
            type="file"
            accept=".json,application/json"
            aria-label={t("audit.takeIn")}
            tabIndex={-1}
            data-testid="anchor-file"
            onChange={(event) => {
              take(event.currentTarget.files?.[0]);
              event.currentTarget.value = "";
            }}
          />
        </div>
        <aside className={`panel ${classes.detail}`} aria-label={t("audit.anchor")}>
          {chosen ? (
            <AnchorDetail anchor={chosen} />
          ) : (
            <p className="soft">{t("audit.noAnchor")}</p>
          )}
        </aside>
      </div>
      <ScreenKeys
        keys={[
          {
            key: "F3",
            label: t("audit.makeAnchor"),
            action: make.isPending ? undefined : begin,
          },
          { key: "F7", label: t("audit.takeIn"), action: () => file.current?.click() },
          {
            key: "F8",
            label: t("audit.saveFile"),
            action: chosen ? () => save.mutate(chosen.id) : undefined,
          },
          {
            key: "Ctrl+P",
            label: t("keys.printPaper"),
            action: chosen ? () => setPrinting(true) : undefined,
          },
          { key: "F6", label: t("audit.toLog"), action: onBack, inBar: onBack !== undefined },
          { key: "↑↓", label: t("keys.move"), inBar: false },
        ]}
      />
      {printing && chosen && (
        <PaperPreview
          name={t("audit.anchorOf", { day: chosen.day })}
          ask={(caller) => caller.call("anchor_print", { id: chosen.id })}
          onClose={() => setPrinting(false)}
        />
      )}
    </div>
  );
}
