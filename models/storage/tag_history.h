// Which digest a tag pointed at when it was looked at: registries keep no such history themselves.
#pragma once

#include "domain/release.h"
#include "domain/result.h"

#include <string>
#include <vector>

namespace layerline {

/// One small file an image in a private folder. Several processes may use it at once: writers lock, readers see whole files.
class TagHistory {
public:
    /// $LAYERLINE_STATE, else $XDG_STATE_HOME/layerline, else ~/.local/state/layerline; "" without a home.
    static std::string defaultFolder();
    explicit TagHistory(std::string folder = defaultFolder());

    /// Notes what the tags of `image` ("registry/repository") point at now; what can't be read is left out. A digest seen before
    /// under its tag, with nothing else in between, only becomes younger.
    Result<void> note(const std::string& image, const std::vector<PublishedTag>& tags, Timestamp now);
    /// All sightings, newest last; of one tag when it is given. Empty when nothing was ever noted. A damaged line is left out.
    Result<std::vector<TagSighting>> read(const std::string& image, const std::string& tag = {}) const;

private:
    std::string fileOf(const std::string& image) const;

    std::string m_folder;
};

} // namespace layerline
