// Traders who gather residents' goods: lists with their time limit, drawn up, opened, led to release.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { GatheringStep, GatheringView, SessionView, SystemStatus } from "../api/bindings";
import { useClient } from "../api/client";
import { messageOf, violationsOf } from "../api/errors";
import { useGathering, useGatherings } from "../api/queries";
import { Problem, TextField } from "../components/kit";
import { Refusal } from "../components/Refusal";
import { RevealDialog } from "../components/RevealDialog";
import { ScreenKeys } from "../components/ScreenKeys";
import { ViolationNote } from "../components/ViolationNote";
import classes from "../features/gathering/Gathering.module.css";
import { ListEditor } from "../features/gathering/ListEditor";
import { ListFacts } from "../features/gathering/ListFacts";
import { ListStepDialog } from "../features/gathering/ListSteps";
import { ListTable } from "../features/gathering/ListTable";
import { TaxSheet } from "../features/gathering/TaxSheet";
import { PaperPreview } from "../features/print/PaperPreview";
import { useWords } from "../i18n";
import { useDebounced } from "../lib/debounce";
import { focusSoon } from "../lib/focus";
import { draftOf, emptyList, type ListDraft, nextOf, toGathering } from "../lib/gathering";
import { takesSteps } from "../lib/steps";

const PAUSE_MS = 120;

export function GatheringScreen(props: {
  session: SessionView;
  status: SystemStatus;
  /** The list being drawn up: it survives a look at another screen. */
  draft: ListDraft | null;
  onDraft: (change: (draft: ListDraft | null) => ListDraft | null) => void;
}) {
  const { t } = useWords();
  const { session, draft } = props;
  const [editing, setEditing] = useState(draft !== null);
  const [opened, setOpened] = useState<string | null>(null);
  const works = takesSteps(session.role);
  if (editing && draft) {
    return (
      <EditList
        title={t("gathering.drawUp")}
        draft={draft}
        onDraft={(change) => props.onDraft((held) => held && change(held))}
        onSaved={(list) => {
          props.onDraft(() => null);
          setEditing(false);
          setOpened(list.id);
        }}
        onLeave={() => setEditing(false)}
        onThrowAway={() => {
          props.onDraft(() => null);
          setEditing(false);
        }}
      />
    );
  }
  if (opened !== null) {
    return (
      <OpenList
        id={opened}
        session={session}
        onEdit={(list) => {
          props.onDraft(() => draftOf(list));
          setEditing(true);
        }}
        onClose={() => setOpened(null)}
      />
    );
  }
  return (
    <Lists
      session={session}
      begun={draft !== null}
      onNew={
        works
          ? () => {
              props.onDraft((held) => held ?? emptyList(props.status.today));
              setEditing(true);
            }
          : undefined
      }
      onOpen={setOpened}
    />
  );
}

function Lists(props: {
  session: SessionView;
  begun: boolean;
  onNew: (() => void) | undefined;
  onOpen: (id: string) => void;
}) {
  const { t } = useWords();
  const [all, setAll] = useState(false);
  const [text, setText] = useState("");
  const filter = useRef<HTMLDivElement>(null);
  const lists = useGatherings(props.session.gate, all, useDebounced(text, PAUSE_MS));
  const rows = lists.data ?? [];
  const late = rows.filter(({ days_left }) => days_left !== null && days_left < 0).length;
  const first = lists.isSuccess ? (rows.length > 0 ? "list-0" : "lists-filter") : null;
  const entered = useRef(false);
  useEffect(() => {
    // Once, when the lists have come: a filter that is being typed keeps the focus.
    if (first !== null && !entered.current) {
      entered.current = true;
      focusSoon(`[data-testid="${first}"]`);
    }
  }, [first]);
  return (
    <div className="screen">
      <div className={classes.screen}>
        <div className={classes.head} ref={filter}>
          <h1>{t(all ? "gathering.allLists" : "gathering.openLists")}</h1>
          {late > 0 && (
            <span className={classes.days} data-tone="over" data-testid="lists-late">
              {t("gathering.lateCount", { count: late })}
            </span>
          )}
          <TextField
            label={t("gathering.filter")}
            value={text}
            onChange={setText}
            testId="lists-filter"
          />
        </div>
        {lists.isError && <Problem>{messageOf(lists.error)}</Problem>}
        <section className={`panel ${classes.table}`} aria-label={t("gathering.openLists")}>
          {rows.length === 0 ? (
            <p className={classes.empty} data-testid="lists-empty">
              {t(lists.isPending ? "app.loading" : "gathering.noLists")}
            </p>
          ) : (
            <ListTable rows={rows} chosen={null} onOpen={props.onOpen} />
          )}
        </section>
      </div>
      <ScreenKeys
        keys={[
          {
            key: "F2",
            label: t("keys.search"),
            action: () => filter.current?.querySelector("input")?.focus(),
          },
          {
            key: "F3",
            label: t(props.begun ? "gathering.goOn" : "gathering.new"),
            action: props.onNew,
          },
          {
            key: "F4",
            label: t(all ? "gathering.onlyOpen" : "gathering.showAll"),
            action: () => setAll(!all),
          },
          { key: "↑↓", label: t("keys.move") },
          { key: "Enter", label: t("gathering.open") },
        ]}
      />
    </div>
  );
}

function OpenList(props: {
  id: string;
  session: SessionView;
  onEdit: (list: GatheringView) => void;
  onClose: () => void;
}) {
  const { t } = useWords();
  const client = useClient();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<GatheringStep["step"] | "cancel" | null>(null);
  const [printing, setPrinting] = useState(false);
  const [revealing, setRevealing] = useState(false);
  const reveals = props.session.commands.includes("person_export");
  const held = useGathering(props.id);
  const list = held.data;
  const write = useMutation({
    mutationFn: (format: "csv" | "xlsx") =>
      client.call("gathering_export", { id: props.id, format }),
  });
  const works = list !== undefined && takesSteps(props.session.role);
  const next = works ? nextOf(list.stage) : null;
  const open = works && list.stage !== "released" && list.stage !== "cancelled";
  const done = async (answer: GatheringView) => {
    setAsking(null);
    // The command has answered what opening the list again would.
    queries.setQueryData(["gathering_view", answer.id], answer);
    await queries.invalidateQueries({ queryKey: ["gathering_list"] });
  };
  return (
    <div className="screen">
      <div className={classes.screen}>
        <div className={classes.head}>
          <h1 data-testid="list-number">{list?.number ?? t("app.loading")}</h1>
        </div>
        {held.isError && <Problem>{messageOf(held.error)}</Problem>}
        {list && <ListFacts list={list} />}
        {list && list.violations.length > 0 && (
          <div className={classes.notes} data-testid="list-violations">
            {list.violations.map((one) => (
              <ViolationNote key={`${one.code} ${one.field}`} violation={one} />
            ))}
          </div>
        )}
        {write.data && (
          <p className={classes.done} role="status" data-testid="list-path">
            {t("report.savedAt", { path: write.data.path })}
          </p>
        )}
        <Refusal error={write.error} />
        {list && (
          <section className={`panel ${classes.table}`} aria-label={t("gathering.sheet")}>
            <TaxSheet list={list} />
          </section>
        )}
      </div>
      <ScreenKeys
        keys={[
          {
            key: "F9",
            label: next ? t(`gathering.do.${next}`) : t("steps.next"),
            action: next ? () => setAsking(next) : undefined,
            inBar: next !== null,
          },
          {
            key: "F3",
            label: t("keys.edit"),
            action: works && list.stage === "draft" ? () => props.onEdit(list) : undefined,
          },
          {
            key: "F7",
            label: t("gathering.do.cancel"),
            action: open ? () => setAsking("cancel") : undefined,
          },
          { key: "F6", label: t("keys.exportCsv"), action: () => write.mutate("csv") },
          { key: "F8", label: t("keys.exportXlsx"), action: () => write.mutate("xlsx") },
          {
            key: "Ctrl+E",
            label: t("reveal.key"),
            action: reveals ? () => setRevealing(true) : undefined,
            inBar: false,
          },
          {
            key: "Ctrl+P",
            label: t("keys.printPaper"),
            action: works && list.stage !== "cancelled" ? () => setPrinting(true) : undefined,
          },
          { key: "Escape", label: t("keys.back"), action: props.onClose },
        ]}
      />
      {revealing && list && (
        <RevealDialog
          title={t("reveal.title")}
          text={t("reveal.text", { what: list.number })}
          formats={["xlsx", "csv"] as const}
          write={(caller, format, reveal) =>
            caller.call("gathering_export", { id: list.id, format, reveal })
          }
          onClose={() => setRevealing(false)}
        />
      )}
      {printing && list && (
        <PaperPreview
          name={list.number}
          ask={(caller) => caller.call("gathering_print", { id: list.id })}
          onClose={() => setPrinting(false)}
        />
      )}
      {asking && list && (
        <ListStepDialog
          kind={asking}
          list={list}
          role={props.session.role}
          onDone={done}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}

function EditList(props: {
  title: string;
  draft: ListDraft;
  onDraft: (change: (draft: ListDraft) => ListDraft) => void;
  onSaved: (list: GatheringView) => void;
  onLeave: () => void;
  onThrowAway: () => void;
}) {
  const { t } = useWords();
  const client = useClient();
  const queries = useQueryClient();
  const formBox = useRef<HTMLDivElement>(null);
  const save = useMutation({
    mutationFn: () => client.call("gathering_save", toGathering(props.draft)),
    onSuccess: async (list) => {
      queries.setQueryData(["gathering_view", list.id], list);
      await queries.invalidateQueries({ queryKey: ["gathering_list"] });
      props.onSaved(list);
    },
  });
  const violations = violationsOf(save.error);
  return (
    <div className="screen">
      <div className={classes.screen}>
        <div className={classes.head}>
          <h1>{props.title}</h1>
        </div>
        {save.isError && violations.length === 0 && <Problem>{messageOf(save.error)}</Problem>}
        <ListEditor
          draft={props.draft}
          onDraft={(change) => {
            // What was refused is being put right.
            save.reset();
            props.onDraft(change);
          }}
          violations={violations}
          formBox={formBox}
        />
      </div>
      <ScreenKeys
        keys={[
          {
            key: "F2",
            label: t("gathering.addForm"),
            action: () => formBox.current?.querySelector("input")?.focus(),
          },
          {
            key: "F9",
            label: t("keys.save"),
            action: save.isPending ? undefined : () => save.mutate(),
          },
          { key: "Ctrl+Delete", label: t("keys.removeLine") },
          { key: "F7", label: t("gathering.throwAway"), action: props.onThrowAway },
          { key: "Escape", label: t("keys.back"), action: props.onLeave },
          { key: "↑↓", label: t("keys.move"), inBar: false },
        ]}
      />
    </div>
  );
}
