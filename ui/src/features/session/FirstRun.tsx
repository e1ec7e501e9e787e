// A database without accounts: whoever sets the office up enters its first administrator.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useClient } from "../../api/client";
import { messageOf, violationsOf } from "../../api/errors";
import { Button, Problem, SecretField, TextField } from "../../components/kit";
import { LanguageChoice, SchemeButton } from "../../components/Preferences";
import { useWords } from "../../i18n";
import classes from "./Session.module.css";

export function FirstRun() {
  const { t } = useWords();
  const client = useClient();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [displayName, setDisplayName] = useState("");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const enter = useMutation({
    mutationFn: () => client.call("account_first", { name, display_name: displayName, password }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["system_status"] }),
  });
  const differ = again !== "" && again !== password;
  const problems = violationsOf(enter.error);
  const at = (field: string) => problems.find((one) => one.field === field)?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (password === again) {
      enter.mutate();
    } else {
      setAgain("");
    }
  };
  return (
    <div className={classes.page}>
      <form className={`panel ${classes.card}`} onSubmit={submit}>
        <div className={classes.brand}>
          <span className={classes.name}>{t("app.name")}</span>
          <span className="soft">{t("firstRun.title")}</span>
        </div>
        <div className={classes.fields}>
          <p>{t("firstRun.text")}</p>
          <TextField
            label={t("accounts.name")}
            value={name}
            onChange={setName}
            error={at("name")}
            testId="first-name"
            autoFocus
          />
          <TextField
            label={t("accounts.displayName")}
            value={displayName}
            onChange={setDisplayName}
            error={at("display_name")}
            testId="first-display-name"
          />
          <SecretField
            label={t("signin.password")}
            value={password}
            onChange={setPassword}
            error={at("password")}
            testId="first-password"
          />
          <SecretField
            label={t("accounts.passwordAgain")}
            value={again}
            onChange={setAgain}
            error={differ ? t("accounts.passwordsDiffer") : null}
            testId="first-again"
          />
          {enter.isError && problems.length === 0 && <Problem>{messageOf(enter.error)}</Problem>}
          <Button submit kind="primary" large wide busy={enter.isPending} testId="first-save">
            {t("firstRun.submit")}
          </Button>
        </div>
        <div className={classes.foot}>
          <LanguageChoice plain />
          <SchemeButton plain />
        </div>
      </form>
    </div>
  );
}
