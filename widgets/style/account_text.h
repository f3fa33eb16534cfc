// Sentences about the GitHub account, for whoever shows it.
#pragma once

#include "items/pipeline_values.h"

#include <QString>
#include <QStringList>

namespace layerline {

/// "Signed in as octocat" and the like.
QString accountText(const AccountRow& account);
/// Where the token comes from; empty without one.
QString tokenOriginText(const AccountRow& account);
/// What is wrong with the keyring and what follows from that; empty when nothing is.
QString keyringText(const AccountRow& account);
/// "4,990 of 5,000 requests left, full again at 14:05"; empty while nothing is known.
QString budgetText(const AccountRow& account);
/// "Caches: needs actions=read" with the repositories where that holds.
QString gapText(const PermissionGap& gap);
/// What does not work without the permission, as a name.
QString partName(PermissionGap::Part part);

} // namespace layerline
