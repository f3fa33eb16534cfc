// The documents inside a .dockerbuild, without gzip, tar and digests in the way. The first byte chooses which.
#include "sources/files/external_error.h"
#include "sources/files/provenance.h"
#include "sources/files/record_json.h"
#include "sources/files/status_log.h"

#include <string_view>

using namespace layerline;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    switch (data[0] % 4) {
    case 0:
        if (const auto config = json::parse(bytes))
            (void)recordFromJson(*config).ok();
        break;
    case 1:
        (void)readStatusLog(bytes).ok();
        break;
    case 2:
        (void)parseProvenance(bytes, "linux/amd64").ok();
        (void)provenanceLayers(bytes).ok();
        break;
    default:
        (void)parseExternalError(bytes).ok();
        break;
    }
    return 0;
}
