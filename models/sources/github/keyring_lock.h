// Whether the desktop's keyring is locked: libsecret finds nothing in a locked one and calls that "no such entry".
#pragma once

#include <QObject>

#include <functional>

namespace layerline {

/// Asks the Secret Service for its default collection without starting it, and never for a password. `reply` comes later, on this
/// thread, unless `context` is gone; false when nobody answers within two seconds.
void askWhetherLocked(QObject* context, std::function<void(bool locked)> reply);

} // namespace layerline
