// Ties the Settings page to what keeps the settings and to what they govern.
#pragma once

#include "widgets/style/theme.h"

#include <QObject>

class QWidget;

namespace layerline {

class ErrorReporter;
class Session;
class SettingsPage;
class SettingsStore;
struct SettingsValues;

ThemeKind themeKindOf(const QString& name); ///< "light", "dark"; anything else is the system's
QString themeName(ThemeKind kind);          ///< "" for the system's

class SettingsWiring : public QObject {
    Q_OBJECT
public:
    SettingsWiring(SettingsStore& store, Session& session, SettingsPage& page, ErrorReporter& errors, QObject* parent = nullptr);

    /// Asks for an address over `window`; a new one is watched at once.
    void askForAddress(QWidget* window);
    void setTheme(ThemeKind kind);
    /// Reads what the page shows and nobody announces: what the history holds.
    void refresh();

Q_SIGNALS:
    void themeRequested(layerline::ThemeKind kind);

private:
    void show();
    void showSources();
    /// Keeps what `change` made of the present values.
    template <class Change>
    void edit(Change change);
    void onChanged(const SettingsValues& before);

    SettingsStore& m_store;
    Session& m_session;
    SettingsPage& m_page;
    ErrorReporter& m_errors;
};

} // namespace layerline
