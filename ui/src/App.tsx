// Session and navigation: sign in, the screens, the lock.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import type { BreachKind, SessionView, SystemStatus } from "./api/bindings";
import { useClient } from "./api/client";
import { messageOf } from "./api/errors";
import { AppFrame, type ScreenName, screensOf } from "./components/AppFrame";
import { Problem } from "./components/kit";
import { CashNotice } from "./features/cash/CashNotice";
import { HubState } from "./features/hub/HubState";
import { HubWindow } from "./features/hub/HubWindow";
import { useHub } from "./features/hub/use-hub";
import { FirstRun } from "./features/session/FirstRun";
import { Lock } from "./features/session/Lock";
import { PasswordDialog, PasswordDue } from "./features/session/NewPassword";
import { SignIn } from "./features/session/SignIn";
import { useWords } from "./i18n";
import type { ListDraft } from "./lib/gathering";
import { useIdle } from "./lib/idle";
import { decides } from "./lib/steps";
import { AccountsScreen } from "./screens/AccountsScreen";
import { AuditScreen } from "./screens/AuditScreen";
import { BreachScreen } from "./screens/BreachScreen";
import { CashScreen } from "./screens/CashScreen";
import { CounterScreen } from "./screens/CounterScreen";
import { GatheringScreen } from "./screens/GatheringScreen";
import { LawScreen } from "./screens/LawScreen";
import { ListScreen } from "./screens/ListScreen";
import { QueueScreen } from "./screens/QueueScreen";
import { ReconcileScreen } from "./screens/ReconcileScreen";
import { ReportScreen } from "./screens/ReportScreen";
import { ResidentsScreen } from "./screens/ResidentsScreen";
import { TodayScreen } from "./screens/TodayScreen";
import { VehiclesScreen } from "./screens/VehiclesScreen";

export function App() {
  const { t } = useWords();
  const client = useClient();
  const queries = useQueryClient();
  const [session, setSession] = useState<SessionView | null>(null);
  const [locked, setLocked] = useState(false);
  const status = useQuery({
    queryKey: ["system_status"],
    queryFn: () => client.call("system_status", {}),
    staleTime: 60_000,
  });

  const forget = useCallback(() => {
    client.setToken(null);
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "system_status" });
    setSession(null);
    setLocked(false);
  }, [client, queries]);

  useEffect(() => {
    client.onSessionLoss((loss) => {
      if (loss === "session_locked") {
        setLocked(true);
      } else if (loss === "password_due") {
        setSession((held) => held && { ...held, must_change_password: true });
      } else {
        forget();
      }
    });
  }, [client, forget]);

  if (status.isPending) {
    return <p style={{ padding: 24 }}>{t("app.loading")}</p>;
  }
  // Read again while somebody works, it may fail: that takes no page away.
  if (status.isLoadingError) {
    return (
      <Problem>
        {t("app.unreachable")} {messageOf(status.error)}
      </Problem>
    );
  }
  if (status.data.is_new) {
    return <FirstRun />;
  }
  if (session === null) {
    return (
      <SignIn
        status={status.data}
        onSignedIn={(next) => {
          client.setToken(next.token);
          setSession(next);
        }}
      />
    );
  }
  const signOut = () => {
    // Signing out here must not wait for, or fail with, the other side.
    client.call("session_sign_out", {}).catch(() => {});
    forget();
  };
  if (session.must_change_password) {
    return (
      <PasswordDue
        session={session}
        onDone={() => setSession({ ...session, must_change_password: false })}
        onSignOut={signOut}
      />
    );
  }
  return (
    <>
      <div style={{ height: "100%" }} inert={locked}>
        <Shift
          session={session}
          status={status.data}
          locked={locked}
          onLock={() => {
            setLocked(true);
            client.call("session_lock", {}).catch(() => {});
          }}
          onSignOut={signOut}
        />
      </div>
      {locked && <Lock session={session} onUnlocked={() => setLocked(false)} onSignOut={signOut} />}
    </>
  );
}

/** Whoever decides begins with what waits, everybody else with their own work. */
function firstScreen(session: SessionView, screens: ScreenName[]): ScreenName | undefined {
  const begins = decides(session.role) ? screens[0] : undefined;
  return begins ?? screens.find((name) => name !== "today");
}

function Shift(props: {
  session: SessionView;
  status: SystemStatus;
  locked: boolean;
  onLock: () => void;
  onSignOut: () => void;
}) {
  const { session, status } = props;
  const screens = screensOf(session).map(({ name }) => name);
  const [screen, setScreen] = useState(() => firstScreen(session, screens));
  const [breach, setBreach] = useState<BreachKind | null>(null);
  const [resident, setResident] = useState<string | null>(null);
  /** The form the list shows first. */
  const [form, setForm] = useState<string | null>(null);
  const [list, setList] = useState<ListDraft | null>(null);
  const [password, setPassword] = useState(false);
  const hub = useHub(!props.locked);
  const [aboutHub, setAboutHub] = useState(false);
  /** What is opened from the rail shows everything. */
  const navigate = (next: ScreenName) => {
    setBreach(null);
    setForm(null);
    setScreen(next);
  };
  const openPerson = (id: string) => {
    setResident(id);
    setScreen("residents");
  };
  const openForm = (id: string) => {
    setForm(id);
    setScreen("list");
  };
  useIdle(props.locked ? 0 : session.idle_lock_seconds, props.onLock);
  return (
    <AppFrame
      session={session}
      screen={screen}
      onNavigate={navigate}
      onPassword={() => setPassword(true)}
      onLock={props.onLock}
      onSignOut={props.onSignOut}
      state={<HubState view={hub} onOpen={() => setAboutHub(true)} />}
      notice={
        <CashNotice
          session={session}
          active={!props.locked && screen !== "cash"}
          onOpen={() => setScreen("cash")}
        />
      }
    >
      {/* The counter stays mounted: a form half typed survives a look at another screen. */}
      {screens.includes("counter") && (
        <div style={{ height: "100%" }} hidden={screen !== "counter"}>
          <CounterScreen active={screen === "counter"} session={session} />
        </div>
      )}
      {screen === "today" && (
        <TodayScreen
          session={session}
          status={status}
          active={!props.locked}
          screens={screens}
          onOpen={navigate}
          onBreaches={(kind) => {
            setBreach(kind);
            setScreen("breaches");
          }}
        />
      )}
      {screen === "breaches" && (
        <BreachScreen
          key={breach}
          session={session}
          status={status}
          active={!props.locked}
          kind={breach}
          onPerson={screens.includes("residents") ? openPerson : undefined}
        />
      )}
      {screen === "list" && <ListScreen session={session} status={status} open={form} />}
      {screen === "reconcile" && (
        <ReconcileScreen
          session={session}
          status={status}
          active={!props.locked}
          onForm={screens.includes("list") ? openForm : undefined}
          onPerson={screens.includes("residents") ? openPerson : undefined}
          onCash={screens.includes("cash") ? () => setScreen("cash") : undefined}
        />
      )}
      {screen === "residents" && (
        <ResidentsScreen session={session} open={resident} onOpen={setResident} />
      )}
      {screen === "report" && <ReportScreen session={session} status={status} />}
      {screen === "law" && <LawScreen session={session} />}
      {screen === "gathering" && (
        <GatheringScreen session={session} status={status} draft={list} onDraft={setList} />
      )}
      {screen === "vehicles" && (
        <VehiclesScreen session={session} status={status} active={!props.locked} />
      )}
      {screen === "cash" && (
        <CashScreen session={session} today={status.today} active={!props.locked} />
      )}
      {screen === "accounts" && <AccountsScreen session={session} />}
      {screen === "audit" && (
        <AuditScreen
          session={session}
          status={status}
          onPerson={(id) => {
            setResident(id);
            setScreen("residents");
          }}
        />
      )}
      {screen === "queue" && <QueueScreen session={session} active={!props.locked} />}
      {aboutHub && hub?.joined && (
        <HubWindow
          view={hub}
          session={session}
          version={status.version}
          active={!props.locked}
          onClose={() => setAboutHub(false)}
        />
      )}
      {password && (
        <PasswordDialog onDone={() => setPassword(false)} onClose={() => setPassword(false)} />
      )}
    </AppFrame>
  );
}
