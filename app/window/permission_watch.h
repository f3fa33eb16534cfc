// What the token may do in each watched repository: asked once for each, one repository after the other.
#pragma once

#include "items/pipeline_values.h"
#include "sources/github/permissions.h"

#include <QObject>

#include <map>
#include <string>
#include <vector>

namespace layerline {

class PermissionWatch : public QObject {
    Q_OBJECT
public:
    /// `api` must outlive this, and should have been made with RequestPriority::Poll.
    explicit PermissionWatch(GitHubApi& api, QObject* parent = nullptr);

    /// The repositories in question; those not asked yet are asked now. Empty: nothing is known any more.
    void setRepositories(std::vector<std::string> repositories);
    /// What was found belongs to another token or server: forgets it, and asks anew at the next setRepositories().
    void forget();

    AccountRow::Permissions state() const;
    const std::string& problem() const { return m_problem; }
    bool classic() const;
    std::string scopes() const;
    /// Over all repositories, the same permission for the same part once, missing ones before those that may be.
    std::vector<PermissionGap> gaps() const;

Q_SIGNALS:
    void changed();

private:
    void askNext();

    GitHubApi& m_api;
    std::vector<std::string> m_repositories;
    std::map<std::string, PermissionReport> m_reports;
    std::string m_asking;   ///< "" = nobody
    std::string m_problem;  ///< of the last one, when it got no answer: the others are not tried then
    unsigned m_round = 0;   ///< of forget(): late answers are ignored
};

} // namespace layerline
