// Sign-in: account, password, gate, and a workstation that is remembered.
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { SessionView, SystemStatus } from "../../api/bindings";
import { useClient } from "../../api/client";
import { messageOf } from "../../api/errors";
import { Button, ChoiceField, Problem, SecretField, TextField } from "../../components/kit";
import { LanguageChoice, SchemeButton } from "../../components/Preferences";
import { useWords } from "../../i18n";
import classes from "./Session.module.css";

const STORED = { gate: "bienmau.gate", workstation: "bienmau.workstation" };
const FIRST_WORKSTATION = "QUAY-01";

/** The gate chosen last if it is still one, else the first. */
function firstGate(status: SystemStatus): string {
  const stored = localStorage.getItem(STORED.gate);
  const known = status.gates.find(({ code }) => code === stored) ?? status.gates[0];
  return known?.code ?? "";
}

interface Props {
  status: SystemStatus;
  onSignedIn: (session: SessionView) => void;
}

export function SignIn({ status, onSignedIn }: Props) {
  const { t } = useWords();
  const client = useClient();
  const [user, setUser] = useState("");
  const [password, setPassword] = useState("");
  const [gate, setGate] = useState(() => firstGate(status));
  const [workstation, setWorkstation] = useState(
    () => localStorage.getItem(STORED.workstation) ?? FIRST_WORKSTATION,
  );
  const signIn = useMutation({
    mutationFn: () => client.call("session_sign_in", { user, password, gate, workstation }),
    onSuccess: (session) => {
      localStorage.setItem(STORED.gate, gate);
      localStorage.setItem(STORED.workstation, workstation);
      onSignedIn(session);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  const gates = status.gates.map(({ code, name }) => ({ value: code, label: name }));
  gates.push({ value: "", label: t("signin.noGate") });
  return (
    <div className={classes.page}>
      <form className={`panel ${classes.card}`} onSubmit={submit}>
        <div className={classes.brand}>
          <span className={classes.name}>{t("app.name")}</span>
          <span className="soft">{t("app.tagline")}</span>
        </div>
        <div className={classes.fields}>
          <TextField
            label={t("signin.user")}
            value={user}
            onChange={setUser}
            testId="user"
            autoFocus
          />
          <SecretField
            label={t("signin.password")}
            value={password}
            onChange={setPassword}
            testId="password"
          />
          <ChoiceField
            label={t("signin.gate")}
            value={gate}
            onChange={setGate}
            options={gates}
            hint={status.gates.length === 0 ? t("signin.noGates") : null}
            testId="gate"
          />
          <TextField
            label={t("signin.workstation")}
            value={workstation}
            onChange={setWorkstation}
            testId="workstation"
          />
          {signIn.isError && <Problem testId="sign-in-problem">{messageOf(signIn.error)}</Problem>}
          <Button submit kind="primary" large wide busy={signIn.isPending} testId="sign-in">
            {t("signin.submit")}
          </Button>
          {status.demo_accounts.length > 0 && (
            <div className={classes.demo}>
              <span className="soft">{t("signin.demo")}</span>
              {status.demo_accounts.map((account) => (
                <button
                  key={account.user}
                  type="button"
                  className={classes.account}
                  onClick={() => {
                    setUser(account.user);
                    setPassword(account.password);
                  }}
                >
                  <strong>{account.user}</strong>
                  <code>{account.password}</code>
                  <span className="soft">{t(`roles.${account.role}`)}</span>
                </button>
              ))}
            </div>
          )}
        </div>
        <div className={classes.foot}>
          <LanguageChoice plain />
          <SchemeButton plain />
          <span className="soft">{status.version}</span>
        </div>
      </form>
    </div>
  );
}
