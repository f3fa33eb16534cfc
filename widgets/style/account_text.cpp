#include "widgets/style/account_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace layerline {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(layerline::AccountText)
};

QString qt(const std::string& text) { return QString::fromStdString(text); }

QString timeOf(Timestamp time)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(time.ns / 1'000'000).time(), QLocale::ShortFormat);
}

} // namespace

QString accountText(const AccountRow& account)
{
    const QString host = qt(account.host);
    switch (account.state) {
    case AccountRow::State::None: return Words::tr("Not signed in.");
    case AccountRow::State::Checking: return account.origin.empty() ? Words::tr("Looking for a token…") : Words::tr("Asking %1…").arg(host);
    case AccountRow::State::SignedIn:
        return account.login.empty() ? Words::tr("Signed in to %1. This token does not tell whose it is.").arg(host) : Words::tr("Signed in to %1 as %2.").arg(host, qt(account.login));
    case AccountRow::State::Refused: return Words::tr("%1 does not take this token. It may have run out or been withdrawn.").arg(host);
    case AccountRow::State::Offline: return Words::tr("%1 can't be reached. It is tried again by itself.").arg(host);
    }
    return {};
}

QString tokenOriginText(const AccountRow& account)
{
    if (account.origin.empty())
        return {};
    if (account.origin == "keyring")
        return Words::tr("The token is kept in the system's keyring.");
    if (account.origin == "memory")
        return Words::tr("The token is in memory only: it is forgotten when Layerline ends.");
    return Words::tr("The token comes from the environment (%1). It goes before one in the keyring.").arg(qt(account.origin));
}

QString keyringText(const AccountRow& account)
{
    if (!account.keyring)
        return Words::tr("There is no keyring on this desktop. A token is never written to a file, so it has to be given again at each start.");
    if (!account.keyringProblem.empty())
        return Words::tr("The keyring did not do what was asked of it: %1").arg(qt(account.keyringProblem));
    return {};
}

QString budgetText(const AccountRow& account)
{
    if (account.blockedUntil)
        return Words::tr("A limit of GitHub's holds: nothing is asked before %1.").arg(timeOf(*account.blockedUntil));
    if (account.limit <= 0)
        return {};
    const QString left = Words::tr("%L1 of %L2 requests left").arg(account.remaining).arg(account.limit);
    return account.resets ? Words::tr("%1, full again at %2").arg(left, timeOf(*account.resets)) : left;
}

QString partName(PermissionGap::Part part)
{
    switch (part) {
    case PermissionGap::Part::Watch: return Words::tr("Watching runs");
    case PermissionGap::Part::LogsAndArtifacts: return Words::tr("Logs and build records");
    case PermissionGap::Part::Caches: return Words::tr("Build caches");
    case PermissionGap::Part::RunActions: return Words::tr("Starting, repeating and cancelling runs");
    case PermissionGap::Part::RunnerDiagnosis: return Words::tr("Why a job waits for your own runners");
    case PermissionGap::Part::Rollback: return Words::tr("Rollback and migration of workflows");
    }
    return {};
}

QString gapText(const PermissionGap& gap)
{
    QStringList where;
    for (const std::string& repository : gap.repositories)
        where += qt(repository);
    const QString line = gap.certain ? Words::tr("%1: needs %2") : Words::tr("%1: may need %2, which shows only in use");
    const QString text = line.arg(partName(gap.part), qt(gap.permission));
    return where.isEmpty() ? text : Words::tr("%1 (%2)").arg(text, where.join(QStringLiteral(", ")));
}

} // namespace layerline
