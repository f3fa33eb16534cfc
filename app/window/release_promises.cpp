#include "app/window/release_promises.h"

#include "app/tasks/gate_run.h"
#include "domain/post_to.h"

#include <QPointer>

namespace layerline {

namespace {

/// The gate's reading of a run, as evidence about one image.
Result<GateRequest> requestOf(const ImageReference& image, const std::string& repository, const RunDigests& found)
{
    GateArguments asked;
    asked.repository = repository;
    asked.request.image = image;
    asked.imageStated = true;
    auto requests = requestsOf(asked, found);
    if (!requests)
        return requests.error();
    return std::move(requests->front());
}

RunBuiltPtr builtOf(const ImageReference& image, const std::string& repository, const RunDigests& found)
{
    auto built = std::make_shared<RunBuilt>();
    built->run = found.run.key.id;
    built->attempt = found.run.attempt;
    built->name = runName(repository, found.run);
    const auto images = imagesOf(found, &image);
    if (!images.empty()) {
        built->built = images.front().built;
        built->shared = images.front().shared;
    }
    return built;
}

Result<ReleaseEvidencePtr> evidenceOf(const ImageReference& image, const std::string& repository, const TagEvidence& told)
{
    const auto request = requestOf(image, repository, told.newest->found);
    if (!request)
        return request.error();
    auto evidence = std::make_shared<ReleaseEvidence>();
    evidence->promise = request->promise;
    if (evidence->promise.from.find(repository) == std::string::npos)
        evidence->promise.from += " of " + repository;
    std::map<const RunWords*, RunBuiltPtr> once;
    for (const auto& [tag, builder] : told.byTag) {
        RunBuiltPtr& built = once[builder.run.get()];
        if (!built)
            built = builtOf(image, repository, builder.run->found);
        evidence->byTag[tag] = {built, builder.sure};
    }
    return ReleaseEvidencePtr(std::move(evidence));
}

} // namespace

ReleasePromises::ReleasePromises(QObject* parent) : QObject(parent) { m_files.setMaxThreadCount(1); }

ReleasePromises::~ReleasePromises() { m_files.waitForDone(); }

void ReleasePromises::read(const ImageReference& image, const PromiseChoice& choice, std::vector<std::string> tags, QObject* context, Callback callback)
{
    if (choice.from == PromiseChoice::From::File)
        return readFile(QString::fromStdString(choice.text), context, std::move(callback));
    if (!m_github.api || (m_github.signedIn && !m_github.signedIn()))
        return callback(Error{ErrorKind::Permission, "nobody is signed in to GitHub; sign in on the page Pipelines", false});
    auto& reader = m_readers[{choice.text, image.name()}];
    if (!reader)
        reader = std::make_unique<TagEvidenceReader>(*m_github.api, *m_github.workflows, choice.text, image.name());
    if (reader->busy())
        return callback(Error{ErrorKind::Internal, choice.text + " is being asked already", true});
    reader->read(std::move(tags), false, [image, repository = choice.text, context = QPointer<QObject>(context), callback = std::move(callback)](Result<TagEvidence> told) {
        if (context)
            callback(told ? evidenceOf(image, repository, *told) : Result<ReleaseEvidencePtr>(told.error()));
    });
}

void ReleasePromises::readFile(const QString& path, QObject* context, Callback callback)
{
    const QPointer<QObject> guarded(context);
    startOn(m_files, [this, path, guarded, callback = std::move(callback)] {
        const auto promise = std::make_shared<const Result<PlatformPromise>>(promiseOfFile(path));
        postTo(this, [guarded, promise, callback] {
            if (!guarded)
                return;
            if (!*promise)
                return callback(promise->error());
            auto evidence = std::make_shared<ReleaseEvidence>();
            evidence->promise = promise->value();
            callback(ReleaseEvidencePtr(std::move(evidence)));
        });
    });
}

} // namespace layerline
