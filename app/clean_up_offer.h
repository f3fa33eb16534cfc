// After a build that was started here: what it left in its builder's cache, and the way to clean up.
#pragma once

#include "domain/time.h"

#include <QFrame>

#include <string>
#include <vector>

class QLabel;

namespace layerline {

class BuildRunner;
class Session;
struct BuildJob;

/// A line above the build, hidden unless a build of ours has just added much. Lives on the GUI thread; both references outlive it.
class CleanUpOffer : public QFrame {
    Q_OBJECT
public:
    /// Less than this is not worth a word, in bytes.
    static constexpr std::int64_t worthMentioning = 1'000'000'000;

    CleanUpOffer(Session& session, BuildRunner& runner, QWidget* parent = nullptr);
    QString text() const;

Q_SIGNALS:
    void cleanUpRequested(const QString& builder);

private:
    /// A build that has ended and whose builder has not been asked since.
    struct Waiting {
        std::string title, builder; ///< "" = the current one
        Timestamp started, ended;
    };
    void onFinished(const BuildJob& job);
    void look();
    /// True when the builder has told what it holds since the build ended.
    bool weigh(const Waiting& build);

    Session& m_session;
    QLabel* m_text;
    QString m_builder;
    std::vector<Waiting> m_waiting;
};

} // namespace layerline
