// The status streams of running builds.
#pragma once

#include "sources/buildkit/node_link.h"
#include "sources/files/status_translator.h"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace layerline {

class StatusFeed {
public:
    explicit StatusFeed(NodeLink& link) : m_link(link) {}

    /// Subscribes, unless it is already. Repeated until the stream has ended by itself or the record is complete.
    void follow(const std::string& ref);
    /// The record is complete: the stream has 30 s to end by itself, since it may still hold the log's tail.
    void completed(const std::string& ref);
    void forget(const std::string& ref);
    bool follows(const std::string& ref) const { return m_feeds.count(ref) > 0; }

    /// The stream is over; `whole` when all of it was reported.
    std::function<void(const std::string& ref, bool whole)> onEnded;
    /// The stream of a running build broke, or can't be had; it will be tried again.
    std::function<void(const std::string& ref)> onTrouble;

private:
    struct Feed {
        StatusTranslator translator;
        StreamCall<bk::StatusResponse>* call = nullptr;
        CallLoop::TimerId retry = 0;
        CallLoop::TimerId grace = 0;
        int failures = 0;
        bool complete = false;
    };
    void subscribe(const std::string& ref);
    void ended(const std::string& ref, const grpc::Status& status);
    void finish(const std::string& ref, bool whole);

    NodeLink& m_link;
    std::map<std::string, Feed> m_feeds;
};

} // namespace layerline
