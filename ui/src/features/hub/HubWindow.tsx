// How this workstation stands with the hub, told in full, and the workstations of the office.
import type { HubView, SessionView } from "../../api/bindings";
import { messageOf } from "../../api/errors";
import { Button, Dialog, Problem } from "../../components/kit";
import { useWords } from "../../i18n";
import { dayOf, formatDay, formatTime } from "../../lib/dates";
import { focusSoon, useFocusBack } from "../../lib/focus";
import { standingOf } from "../../lib/hub";
import { useHotkeys } from "../../lib/keyboard";
import { useNow } from "../../lib/now";
import { AgoText, ClockText, useCounted } from "./figures";
import classes from "./Hub.module.css";
import { MemberTable } from "./MemberTable";
import { useHubSync } from "./use-hub";

export function HubWindow(props: {
  view: HubView;
  session: SessionView;
  /** Version of our own program. */
  version: string;
  active: boolean;
  onClose: () => void;
}) {
  const { t } = useWords();
  const { view, session } = props;
  const sees = session.commands.includes("hub_members");
  const sync = useHubSync();
  useFocusBack();
  const exchange = () => {
    if (!sync.isPending) {
      // A button that waits is dead and loses the focus.
      sync.mutate(undefined, { onSettled: () => focusSoon('[data-testid="hub-sync"]') });
    }
  };
  useHotkeys({ F5: exchange }, { within: true });
  return (
    <Dialog
      title={t("hub.title")}
      opened
      onClose={props.onClose}
      closeLabel={t("dialog.close")}
      size={sees ? "66rem" : "36rem"}
    >
      <div className={classes.window} data-testid="hub-window">
        <Standing view={view} />
        {view.trouble && <Problem testId="hub-trouble">{view.trouble.message}</Problem>}
        <div className={classes.buttons}>
          <Button
            kind="primary"
            hotkey="F5"
            busy={sync.isPending}
            onClick={exchange}
            testId="hub-sync"
            autoFocus
          >
            {t("hub.sync")}
          </Button>
          <Button hotkey="Esc" onClick={props.onClose}>
            {t("dialog.close")}
          </Button>
          <SyncResult sync={sync} />
        </div>
        {sees && (
          <MemberTable
            active={props.active}
            version={props.version}
            offset_ms={view.clock_offset_ms}
            told={view.trouble?.message ?? null}
          />
        )}
      </div>
    </Dialog>
  );
}

/** What came of an exchange that was asked for. */
function SyncResult({ sync }: { sync: ReturnType<typeof useHubSync> }) {
  const { t } = useWords();
  const counted = useCounted();
  const { data } = sync;
  const standing = standingOf(data);
  return (
    <span role="status" className={classes.result} data-testid="hub-result">
      {sync.isPending && t("hub.syncing")}
      {sync.isError && messageOf(sync.error)}
      {sync.isSuccess && standing && t(`hub.result.${standing}`, counted(data?.unsent ?? 0))}
    </span>
  );
}

function Standing({ view }: { view: HubView }) {
  const { t, language } = useWords();
  const counted = useCounted();
  const now = useNow();
  const standing = standingOf(view) ?? "away";
  return (
    <dl className={classes.standing}>
      <dt>{t("hub.field.link")}</dt>
      <dd data-testid="hub-link">
        <i className={classes.shape} data-standing={standing} aria-hidden />
        <strong>{t(view.reached ? "hub.reached" : "hub.unreached")}</strong>
        {!view.reached && <p>{t("hub.provisionalNow")}</p>}
      </dd>
      <dt>{t("hub.field.met")}</dt>
      <dd data-testid="hub-met">
        {view.met === null ? (
          t("hub.never")
        ) : (
          <>
            {formatTime(view.met)} {formatDay(dayOf(view.met), language)} (
            <AgoText ms={now - Date.parse(view.met)} />)
          </>
        )}
      </dd>
      <dt>{t("hub.field.waiting")}</dt>
      <dd data-testid="hub-waiting">
        {view.unsent > 0 ? t("hub.records", counted(view.unsent)) : t("hub.allSent")}
      </dd>
      <dt>{t("hub.field.clock")}</dt>
      <dd data-testid="hub-clock">
        <ClockText offset_ms={view.clock_offset_ms} />
      </dd>
    </dl>
  );
}
