#include "app/cli/release.h"

#include "analysis/release.h"
#include "app/cli/cli.h"
#include "app/cli/github.h"
#include "app/cli/output.h"
#include "app/cli/release_text.h"
#include "app/tasks/gate_run.h"
#include "domain/clock.h"
#include "domain/post_to.h"
#include "sources/buildx/environment.h"
#include "sources/registry/tag_mover.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace layerline {

namespace {

using Json = nlohmann::ordered_json;

constexpr int schema = 1;
constexpr int mostTags = 100; ///< read for --history and short digests

int usage(const std::string& text)
{
    printError({ErrorKind::BadInput, text, false});
    return ExitUsage;
}

void print(Json document)
{
    Json whole{{"schema", schema}};
    whole.update(document);
    printJson(whole);
}

/// "acme/shop": two plain words, as GitHub names repositories. An image of Docker Hub is told apart by its tag.
bool namesRepository(const QString& text)
{
    return text.count(QLatin1Char('/')) == 1 && !text.contains(QLatin1Char(':')) && !text.contains(QLatin1Char('@')) && !text.section(QLatin1Char('/'), 0, 0).contains(QLatin1Char('.'))
        && text.section(QLatin1Char('/'), 0, 0) != QLatin1String("localhost");
}

Result<void> readPromise(const QCommandLineParser& parser, GateRequest& request)
{
    for (const QString& text : parser.values(QStringLiteral("platform"))) {
        for (const QString& each : text.split(QLatin1Char(','))) {
            const auto platform = parsePlatform(each.toStdString());
            if (!platform)
                return Error{ErrorKind::BadInput, "--platform wants os/arch[/variant], not \"" + each.toStdString() + "\"", false};
            request.promise.platforms.push_back(*platform);
        }
        request.promise.from = "--platform";
    }
    if (!parser.isSet(QStringLiteral("promised")))
        return {};
    if (!request.promise.platforms.empty())
        return Error{ErrorKind::BadInput, "--platform and --promised exclude each other", false};
    auto promise = promiseOfFile(parser.value(QStringLiteral("promised")));
    if (!promise)
        return promise.error();
    request.promise = promise.value();
    return {};
}

Result<void> readSubject(const QCommandLineParser& parser, GateArguments& gate)
{
    const QString name = parser.positionalArguments().value(0);
    if (parser.positionalArguments().size() != 1)
        return Error{ErrorKind::BadInput, "gate wants one IMAGE or OWNER/REPO (layerline --help tells what there is)", false};
    QString image = name;
    if (namesRepository(name)) {
        gate.repository = name.toStdString();
        image = parser.value(QStringLiteral("image"));
    } else if (parser.isSet(QStringLiteral("image")) || parser.isSet(QStringLiteral("of-run"))) {
        return Error{ErrorKind::BadInput, "--image and --of-run belong to OWNER/REPO", false};
    }
    if (parser.isSet(QStringLiteral("of-run"))) {
        bool number = false;
        gate.run = parser.value(QStringLiteral("of-run")).toLongLong(&number);
        if (!number)
            return Error{ErrorKind::BadInput, "--of-run wants the number in the run's address", false};
    }
    if (image.isEmpty())
        return {};
    auto reference = parseImageReference(image.toStdString());
    if (!reference)
        return reference.error();
    gate.request.image = reference.value();
    gate.imageStated = true;
    return {};
}

Result<GateArguments> readGate(const QCommandLineParser& parser, const QStringList& command)
{
    GateArguments gate;
    GateRequest& request = gate.request;
    if (auto subject = readSubject(parser, gate); !subject)
        return subject.error();
    if (auto promise = readPromise(parser, request); !promise)
        return promise.error();
    if (request.promise.platforms.empty() && gate.repository.empty())
        return Error{ErrorKind::BadInput, "nothing is promised: name the platforms with --platform, or a workflow or bake file with --promised", false};
    for (const QString& path : parser.values(QStringLiteral("built"))) {
        auto built = builtDigestsIn(path);
        if (!built)
            return built.error();
        request.built.insert(request.built.end(), built.value().begin(), built.value().end());
    }
    bool seconds = true;
    const int limit = parser.isSet(QStringLiteral("timeout")) ? parser.value(QStringLiteral("timeout")).toInt(&seconds) : 20;
    if (!seconds || limit < 1 || limit > 3600)
        return Error{ErrorKind::BadInput, "--timeout wants seconds from 1 to 3600", false};
    request.deadline = std::chrono::seconds(limit);
    request.run = parser.isSet(QStringLiteral("run"));
    request.command = command;
    if (!command.isEmpty() && !request.run)
        return Error{ErrorKind::BadInput, "a command after -- is for --run", false};
    return gate;
}

Json gateJson(const GateResult& result)
{
    Json document = releaseJson(result.release);
    Json runs = Json::array();
    for (const RunOutcome& run : result.runs) {
        runs.push_back({{"platform", run.platform.str()}, {"state", toString(run.state)}, {"exit_code", run.exitCode < 0 ? Json() : Json(run.exitCode)},
                        {"detail", run.detail.empty() ? Json() : Json(run.detail)}, {"duration_ms", run.took.ms()}});
    }
    document["met"] = result.met;
    document["runs"] = runs;
    return document;
}

void printGate(const std::vector<GateResult>& results, bool json)
{
    for (std::size_t i = 0; !json && i < results.size(); ++i)
        tellText((i > 0 ? "\n" : "") + gateText(results[i]));
    if (!json)
        return;
    const Json note = results.front().note.empty() ? Json() : Json(results.front().note);
    if (results.size() == 1) {
        Json document = gateJson(results.front());
        document["compared_with"] = note;
        document["not_compared"] = results.front().notCompared.empty() ? Json() : Json(results.front().notCompared);
        return print(document);
    }
    Json images = Json::array();
    for (const GateResult& result : results)
        images.push_back(gateJson(result));
    print({{"met", allMet(results)}, {"compared_with", note}, {"images", images}});
}

/// Everything `tag` needs while it runs.
struct TagCommand {
    QCoreApplication& app;
    ImageReference image;
    QString to;
    bool dryRun = false, json = false, history = false;
    SystemClock clock;
    RegistryClient client{};
    PublicationReader reader{client};
    TagMover mover{client};
    TagHistory memory{};
    QObject context{};

    void fail(const Error& error)
    {
        printError(error);
        app.exit(ExitProblem);
    }
    std::vector<TagSighting> sightings() const
    {
        auto known = memory.read(image.name());
        return known ? known.value() : std::vector<TagSighting>{};
    }
    /// Reads the registry's tags, notes them, and goes on.
    void withTags(std::function<void(std::vector<PublishedTag>)> then)
    {
        reader.readAll(image, mostTags, &context, [this, then = std::move(then)](Result<std::vector<PublishedTag>> tags) {
            if (!tags)
                return fail(tags.error());
            if (auto noted = memory.note(image.name(), tags.value(), clock.now()); !noted)
                printError(noted.error());
            then(std::move(tags.value()));
        });
    }
    void showHistory()
    {
        withTags([this](std::vector<PublishedTag> tags) {
            if (json) {
                Json published = Json::array();
                for (const PublishedTag& tag : tags)
                    published.push_back(publishedJson(tag));
                auto known = memory.read(image.name(), image.tag);
                print({{"image", image.name()}, {"tag", image.tag}, {"history", sightingsJson(known ? known.value() : std::vector<TagSighting>{})}, {"tags", published}});
            } else {
                tellText(historyText(image.name(), image.tag, sightings(), tags));
            }
            app.exit(ExitOk);
        });
    }
    void start()
    {
        if (history)
            return showHistory();
        if (isDigest(to.toStdString()))
            return makePlan(to.toStdString());
        withTags([this](std::vector<PublishedTag> tags) {
            const auto digest = digestBeginning(to.toStdString(), sightings(), tags);
            digest ? makePlan(digest.value()) : fail(digest.error());
        });
    }
    void makePlan(const std::string& digest)
    {
        mover.plan(image, digest, &context, [this](Result<TagMovePlan> plan) {
            if (!plan)
                return fail(plan.error());
            std::vector<PublishedTag> seen{plan->from};
            (void)memory.note(image.name(), seen, clock.now());
            if (!json)
                tellText(planText(plan.value()));
            if (dryRun || !plan->changes()) // what was just read is what is there
                return finish(plan.value(), dryRun ? std::string() : plan->from.digest);
            mover.move(plan.value(), &context, [this, plan = plan.value()](Result<std::string> moved) {
                if (!moved)
                    return fail(moved.error());
                PublishedTag now = plan.to;
                now.tag = image.tag;
                (void)memory.note(image.name(), {now}, clock.now());
                finish(plan, moved.value());
            });
        });
    }
    void finish(const TagMovePlan& plan, const std::string& readBack)
    {
        if (json) {
            Json document = movePlanJson(plan);
            document["dry_run"] = dryRun;
            document["read_back"] = readBack.empty() ? Json() : Json(readBack);
            print(document);
        } else if (!plan.changes()) {
            tell("Nothing to do: the tag points there already.\n");
        } else if (dryRun) {
            tell("Nothing was changed (--dry-run).\n");
        } else {
            tell("Moved, and read back as %s.\n", readBack.c_str());
        }
        app.exit(ExitOk);
    }
};

using Check = std::function<void(std::vector<GateRequest>)>;

/// What a reader found becomes what is checked; an error ends the command. All must outlive the answer.
template <class Found>
std::function<void(Result<Found>)> checking(QCoreApplication& app, const GateArguments& asked, const Check& check)
{
    return [&app, &asked, &check](Result<Found> found) {
        auto requests = found ? requestsOf(asked, found.value()) : Result<std::vector<GateRequest>>(found.error());
        if (requests)
            return check(std::move(requests.value()));
        printError(requests.error());
        app.exit(ExitProblem);
    };
}

/// An image of a repository: compared with what the run built that pushed this tag.
int gateOfTag(QCoreApplication& app, const GateArguments& asked, GitHubApi& api, WorkflowReader& workflows, const Check& check)
{
    TagEvidenceReader reader(api, workflows, asked.repository, asked.request.image.name());
    const std::string tag = asked.request.image.tag;
    reader.read(tag.empty() ? std::vector<std::string>() : std::vector<std::string>{tag}, true, checking<TagEvidence>(app, asked, check));
    return app.exec();
}

} // namespace

OptionTable gateCommandOptions()
{
    return {{"platform", "P", "A promised platform."},
            {"promised", "FILE", "A workflow or bake file that promises them."},
            {"built", "PATH", "Digests the jobs handed on."},
            {"image", "IMAGE", "The image OWNER/REPO publishes."},
            {"of-run", "ID", "This run of OWNER/REPO instead of the newest that fits."},
            {"run", nullptr, "Start it on each platform."},
            {"timeout", "S", "Seconds for one start."},
            {"json", nullptr, "JSON, schema 1."}};
}

int runGate(QCoreApplication& app, const QStringList& arguments)
{
    const auto dashes = arguments.indexOf(QStringLiteral("--"));
    const QStringList own = dashes < 0 ? arguments : arguments.mid(0, dashes), command = dashes < 0 ? QStringList() : arguments.mid(dashes + 1);
    QCommandLineParser parser;
    addOptions(parser, gateCommandOptions());
    if (!parser.parse(QStringList{QStringLiteral("gate")} + own))
        return usage(parser.errorText().toStdString());
    auto read = readGate(parser, command);
    if (!read)
        return usage(read.error().detail);
    GateArguments& asked = read.value();
    const SystemClock clock;
    RegistryClient client;
    ReleaseGate gate(client, BuildxEnvironment::fromProcess().findProgram("docker"), clock);
    const bool json = parser.isSet(QStringLiteral("json"));
    const Check check = [&](std::vector<GateRequest> requests) {
        checkAll(gate, std::move(requests), [&app, json](std::vector<GateResult> results) {
            printGate(results, json);
            for (const GateResult& result : results) {
                if (!result.release.problem.empty())
                    printError({ErrorKind::Internal, result.release.problem, false});
            }
            app.exit(allMet(results) ? ExitOk : ExitProblem);
        });
    };
    if (asked.repository.empty()) {
        check({asked.request});
        return app.exec();
    }
    auto github = GitHubConnection::open();
    if (!github)
        return usage(github.error().detail);
    WorkflowReader workflows(github.value()->api());
    if (asked.imageStated && !asked.run)
        return gateOfTag(app, asked, github.value()->api(), workflows, check);
    RunDigestsReader digests(github.value()->api(), workflows);
    digests.read(asked.repository, asked.run, checking<RunDigests>(app, asked, check));
    return app.exec();
}

OptionTable tagCommandOptions()
{
    return {{"to", "DIGEST", "The digest to move to."},
            {"dry-run", nullptr, "Only say what would be done."},
            {"history", nullptr, "Where the tag pointed, as far as known."},
            {"json", nullptr, "JSON, schema 1."}};
}

int runTag(QCoreApplication& app, const QStringList& arguments)
{
    QCommandLineParser parser;
    addOptions(parser, tagCommandOptions());
    if (!parser.parse(QStringList{QStringLiteral("tag")} + arguments))
        return usage(parser.errorText().toStdString());
    const bool history = parser.isSet(QStringLiteral("history"));
    if (parser.positionalArguments().size() != 1 || history == parser.isSet(QStringLiteral("to")))
        return usage("tag wants one IMAGE:TAG and either --to DIGEST or --history");
    const auto image = parseImageReference(parser.positionalArguments().front().toStdString());
    if (!image)
        return usage(image.error().detail);
    if (!image.value().digest.empty())
        return usage("tag wants IMAGE:TAG; the digest to move to belongs after --to");
    TagCommand command{app, image.value(), parser.value(QStringLiteral("to")), parser.isSet(QStringLiteral("dry-run")), parser.isSet(QStringLiteral("json")), history};
    const std::string to = command.to.toStdString();
    if (!history && !isDigest(to) && !isShortDigest(to))
        return usage("--to wants a digest: sha256: and 64 hex digits, or at least 7 digits of one that is known");
    postTo(&command.context, [&command] { command.start(); });
    return app.exec();
}

} // namespace layerline
