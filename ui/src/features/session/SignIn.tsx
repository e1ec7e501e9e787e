// Sign-in: account, password, gate and a workstation that is remembered.
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { SessionView } from "../../api/bindings";
import { useClient } from "../../api/client";
import { messageOf } from "../../api/errors";
import { Button, Choice, Field, Notice } from "../../components/Kit";
import { useWords } from "../../i18n";
import css from "./SignIn.module.css";

const STORED = { gate: "bienmau.gate", workstation: "bienmau.workstation" };
const FIRST_WORKSTATION = "QUAY-01";

export function SignIn({ onSession }: { onSession: (session: SessionView) => void }) {
  const { t, language } = useWords();
  const client = useClient();
  const status = useQuery({
    queryKey: ["system_status", language],
    queryFn: () => client.call("system_status", {}),
  });
  const [user, setUser] = useState("");
  const [password, setPassword] = useState("");
  const [chosenGate, setGate] = useState(localStorage.getItem(STORED.gate) ?? "");
  const [workstation, setWorkstation] = useState(
    localStorage.getItem(STORED.workstation) ?? FIRST_WORKSTATION,
  );
  const gates = status.data?.gates ?? [];
  const gate = gates.some(({ code }) => code === chosenGate) ? chosenGate : (gates[0]?.code ?? "");
  const signIn = useMutation({
    mutationFn: () => client.call("session_sign_in", { user, password, gate, workstation }),
    onSuccess: (session) => {
      localStorage.setItem(STORED.gate, gate);
      localStorage.setItem(STORED.workstation, workstation);
      onSession(session);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  return (
    <form className={css.card} onSubmit={submit}>
      <h1>{t("signin.title")}</h1>
      {status.isError && <Notice tone="bad">{t("app.unreachable")}</Notice>}
      <Field
        label={t("signin.user")}
        value={user}
        data-testid="user"
        autoFocus
        required
        onChange={(event) => setUser(event.target.value)}
      />
      <Field
        label={t("signin.password")}
        value={password}
        type="password"
        required
        data-testid="password"
        onChange={(event) => setPassword(event.target.value)}
        problem={signIn.isError ? messageOf(signIn.error) : undefined}
      />
      <Choice
        label={t("signin.gate")}
        value={gate}
        data-testid="gate"
        onChange={(event) => setGate(event.target.value)}
        options={gates.map(({ code, name }) => ({ value: code, label: name }))}
      />
      <Field
        label={t("signin.workstation")}
        value={workstation}
        required
        data-testid="workstation"
        onChange={(event) => setWorkstation(event.target.value)}
      />
      <Button
        type="submit"
        look="main"
        data-testid="sign-in"
        disabled={signIn.isPending || gate === ""}
      >
        {t("signin.submit")}
      </Button>
      {status.data && status.data.demo_accounts.length > 0 && (
        <Notice title={t("signin.demo")}>
          {status.data.demo_accounts.map((account) => (
            <button
              key={account.user}
              type="button"
              className={css.demo}
              onClick={() => {
                setUser(account.user);
                setPassword(account.password);
              }}
            >
              <b>{account.user}</b> <code>{account.password}</code> <span>{account.role}</span>
            </button>
          ))}
        </Notice>
      )}
    </form>
  );
}
