#include "app/cli/build_finder.h"

#include "app/tasks/build_lookup.h"
#include "domain/post_to.h"

#include <utility>

namespace layerline {

BuildFinder::BuildFinder(LiveView& view, const QString& text, Done done, QObject* parent)
    : QObject(parent), m_view(view), m_text(withoutJob(text)), m_done(std::move(done))
{
    connect(&view.fleet(), &Fleet::settled, this, &BuildFinder::onSettled);
}

void BuildFinder::start()
{
    m_view.start();
}

void BuildFinder::onSettled()
{
    if (isBuildFile(m_text)) {
        const auto loaded = loadBuildFile(m_text, m_own);
        if (!loaded)
            return answer(loaded.error());
        if (m_own.size() != 1)
            return answer(Error{ErrorKind::BadInput, m_text.toStdString() + " holds " + std::to_string(m_own.size()) + " builds, not one", false});
        return answer(m_own.find(m_own.ids().front()));
    }
    const Build* build = findBuild(m_view.builds(), m_text.toStdString());
    if (!build) {
        const auto found = loadFromHistory(m_text.toStdString(), m_own);
        return answer(found ? Result<const Build*>(m_own.find(*found)) : Result<const Build*>(found.error()));
    }
    m_id = build->id;
    m_waiting = 1;
    for (const Record& record : build->records) {
        if (record.running())
            continue;
        ++m_waiting;
        // A provenance that can't be read is a gap the plan will name, no failure.
        m_view.fleet().loadDetails(record.key, [this](const Result<void>&) { ready(); });
    }
    ready();
}

void BuildFinder::ready()
{
    // Queued behind the events that were handed over before.
    if (--m_waiting == 0)
        postTo(this, [this] { answer(m_view.builds().find(m_id)); });
}

void BuildFinder::answer(Result<const Build*> result)
{
    if (m_done)
        std::exchange(m_done, {})(std::move(result));
}

} // namespace layerline
