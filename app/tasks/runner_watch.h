// Who could take the waiting jobs of a repository, and how many may run at once: asked for when a job waits, never otherwise.
#pragma once

#include "analysis/ci/queue_diagnosis.h"
#include "domain/clock.h"
#include "sources/github/github_api.h"

#include <QObject>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace layerline {

/// Not everybody may ask. What is known is a minute old at most, the plan an hour; who was refused is not asked again for an hour.
class RunnerWatch : public QObject {
    Q_OBJECT
public:
    struct Known {
        std::optional<std::vector<Runner>> runners; ///< the repository's and those of its organisation; empty: neither was told (yet)
        bool all = false;                           ///< nobody else's can take its jobs
        std::string plan;                           ///< of its owner, "free"; "" = not told
    };

    /// `api` and `clock` must outlive this.
    RunnerWatch(GitHubApi& api, const Clock& clock, QObject* parent = nullptr);

    /// Another token or server may be told more, or less.
    void forget();
    /// Asks whatever is not known or too old by now.
    void ask(const std::string& repository);
    Known of(const std::string& repository) const;
    /// Something asked for has not been answered yet.
    bool asking() const { return m_open > 0; }

Q_SIGNALS:
    void changed();
    /// Everything asked for has been answered, well or not.
    void settled();

private:
    struct Asked {
        OptionalTime at;
        bool refused = false;
    };
    struct Runners : Asked {
        std::optional<std::vector<Runner>> list;
    };
    struct Owner {
        Asked kind;
        std::optional<bool> organisation; ///< else a person; empty: not known
        Asked planAsked;
        std::string plan;
        Runners runners;                  ///< of an organisation
    };

    bool due(const Asked& asked, Duration age) const;
    template <class T>
    Reply<T> once(Asked& asked, std::function<void(Result<T>)> take);
    void askOwner(const std::string& repository, Owner& owner);
    void askPlan(const std::string& name, Owner& owner);
    void take(Runners& into, Result<Listing<RunnerInfo>> got);

    GitHubApi& m_api;
    const Clock& m_clock;
    std::map<std::string, Runners> m_repositories; ///< entries stay where they are until forget()
    std::map<std::string, Owner> m_owners;
    int m_open = 0;                                ///< questions without an answer
    unsigned m_round = 0;                          ///< of forget(): late answers are ignored
};

} // namespace layerline
