#include "sources/buildkit/blob_reader.h"

#include <QByteArray>
#include <QCryptographicHash>

#include <utility>

namespace layerline {

namespace {

constexpr std::chrono::milliseconds readLimit{120'000};

/// One blob on its way.
struct Reading {
    BlobRef blob;
    std::string bytes;
    bool tooLong = false;
    std::function<void(Result<BlobBytes>)> done;
};

std::string hexDigest(const std::string& bytes)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QByteArray::fromRawData(bytes.data(), qsizetype(bytes.size())));
    return "sha256:" + hash.result().toHex().toStdString();
}

Result<BlobBytes> verified(Reading& reading, const grpc::Status& status)
{
    if (reading.tooLong)
        return Error{ErrorKind::Corrupt, reading.blob.digest + " is longer than announced"};
    if (!status.ok())
        return errorOf(status);
    if (reading.blob.size > 0 && std::int64_t(reading.bytes.size()) != reading.blob.size)
        return Error{ErrorKind::Corrupt, reading.blob.digest + " is shorter than announced", true};
    if (hexDigest(reading.bytes) != reading.blob.digest)
        return Error{ErrorKind::Corrupt, reading.blob.digest + " has other contents than its name says"};
    return std::make_shared<const std::string>(std::move(reading.bytes));
}

} // namespace

std::string sha256Of(const std::string& bytes)
{
    return hexDigest(bytes);
}

void readBlob(NodeLink& link, const BlobRef& blob, std::function<void(Result<BlobBytes>)> done)
{
    const auto refuse = [&link, &done](Error error) {
        link.loop.after(std::chrono::milliseconds(0), [done = std::move(done), error = std::move(error)] { done(error); });
    };
    if (blob.digest.rfind("sha256:", 0) != 0)
        return refuse({ErrorKind::Unsupported, "not a sha256 digest: " + blob.digest});
    if (blob.size > blobLimit)
        return refuse({ErrorKind::TooLarge, blob.digest + " is too large to be read whole"});
    auto reading = std::make_shared<Reading>(Reading{blob, {}, false, std::move(done)});
    auto call = std::make_unique<StreamCall<cs::ReadContentResponse>>();
    auto* raw = call.get();
    call->onMessage = [&link, reading, raw](cs::ReadContentResponse& part) {
        link.sign();
        const std::int64_t limit = reading->blob.size > 0 ? reading->blob.size : blobLimit;
        if (std::int64_t(reading->bytes.size() + part.data().size()) > limit) {
            reading->tooLong = true;
            raw->cancel();
            return;
        }
        reading->bytes += part.data();
    };
    call->onEnd = [reading](const grpc::Status& status) { reading->done(verified(*reading, status)); };
    cs::ReadContentRequest request;
    request.set_digest(blob.digest);
    StreamCall<cs::ReadContentResponse>::start(link.loop, std::move(call), [&](auto* context, auto* queue) {
        return link.content->PrepareAsyncRead(context, request, queue);
    }, readLimit);
}

} // namespace layerline
