// Finds one build for a command: a file, a live builder's, or one of the history; with steps and provenance.
#pragma once

#include "app/cli/cli.h"
#include "domain/build_set.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace layerline {

/// Lives on the thread of its LiveView. `done` is called once, from the event loop: with the build (valid as long as the
/// finder) or NotFound / BadInput with one line for people.
class BuildFinder : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(Result<const Build*>)>;
    BuildFinder(LiveView& view, const QString& text, Done done, QObject* parent = nullptr);

    void start();

private:
    void onSettled();
    void ready();
    void answer(Result<const Build*> result);

    LiveView& m_view;
    QString m_text;
    Done m_done;
    BuildSet m_own; ///< of a file or the history
    BuildId m_id;
    int m_waiting = 0;
};

} // namespace layerline
