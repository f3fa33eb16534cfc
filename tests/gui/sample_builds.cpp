#include "gui/sample_builds.h"

#include "support/event_builder.h"

namespace layerline::test {

namespace {

const std::vector<Platform> qemuWorker{{"linux", "amd64", ""}, {"linux", "arm64", ""}, {"linux", "riscv64", ""}};

ev::RecordUpdated record(double created, const std::string& name, const std::string& target, const std::string& builder = "multi")
{
    ev::RecordUpdated update;
    update.builder = builder;
    update.node = builder + "0";
    update.created = EventBuilder::at(created);
    update.workerPlatforms = qemuWorker;
    update.exporters = {{"image", {{"name", "registry.example.org/acme/" + name}}}};
    update.frontendAttrs["target"] = target;
    update.frontendAttrs["filename"] = "Dockerfile";
    return update;
}

void add(BuildStore& store, const EventBuilder& events)
{
    store.apply(std::make_shared<const EventBatch>(events.batch()));
}

struct Lane {
    std::string platform; ///< "linux/arm64"
    double slow = 1;      ///< factor on the time of what runs
    double until = 1e9;   ///< steps beginning later have not begun
};

struct Sketch {
    const char* id;
    const char* stage;
    const char* position;
    const char* text;
    const char* input;
    double from, to;
    bool cached;
};

/// Steps of a Python service with a web part, as its amd64 half ran.
constexpr Sketch service[] = {
    {"base1", "base", "1/3", "FROM docker.io/library/python:3.12-slim@sha256:1f0e3c5d", "", 1.6, 9.4, true},
    {"base2", "base", "2/3", "WORKDIR /app", "base1", 9.5, 9.5, true},
    {"base3", "base", "3/3", "RUN apt-get update && apt-get install -y --no-install-recommends libpq5", "base2", 9.6, 9.7, true},
    {"deps1", "deps", "1/3", "COPY requirements.txt .", "base3", 12, 12.6, false},
    {"deps2", "deps", "2/3", "RUN pip install -r requirements.txt", "deps1", 13, 33.1, false},
    {"deps3", "deps", "3/3", "RUN python -m compileall -q /usr/local/lib/python3.12", "deps2", 33.4, 36, false},
    {"node1", "assets", "1/5", "FROM docker.io/library/node:22-slim@sha256:9ab1", "", 1.6, 7.1, true},
    {"node2", "assets", "2/5", "COPY package.json package-lock.json ./", "node1", 12, 12.2, true},
    {"node3", "assets", "3/5", "RUN npm ci", "node2", 12.4, 12.5, true},
    {"node4", "assets", "4/5", "COPY web/ ./web", "node3", 12.8, 13.1, false},
    {"node5", "assets", "5/5", "RUN npm run build", "node4", 13.4, 24.6, false},
    {"rel1", "release", "1/5", "COPY --from=deps /usr/local /usr/local", "deps3", 36.4, 39.8, false},
    {"rel2", "release", "2/5", "COPY --from=assets /app/dist ./static", "rel1", 40, 40.9, false},
    {"rel3", "release", "3/5", "COPY src/ ./src", "rel2", 41, 41.6, false},
    {"rel4", "release", "4/5", "RUN python -m compileall -q src", "rel3", 42, 50.2, false},
    {"rel5", "release", "5/5", "RUN useradd -r app", "rel4", 50.5, 51.3, false},
};

void addService(EventBuilder& events, double start, const Lane& lane)
{
    double shift = 0; // what the slow steps before have cost
    for (const Sketch& sketch : service) {
        const std::string id = lane.platform + sketch.id;
        std::vector<std::string> inputs;
        if (*sketch.input)
            inputs.push_back(lane.platform + sketch.input);
        else
            inputs.push_back("meta-" + std::string(sketch.id));
        if (std::string(sketch.text).rfind("COPY", 0) == 0 && std::string(sketch.text).find("--from") == std::string::npos)
            inputs.push_back("context");
        if (std::string(sketch.id) == "rel2")
            inputs.push_back(lane.platform + "node5");
        events.step(id, "[" + lane.platform + " " + sketch.stage + " " + sketch.position + "] " + sketch.text, inputs);
        const bool web = std::string(sketch.id).rfind("node", 0) == 0;
        const double own = web ? 0 : shift;
        const double length = (sketch.to - sketch.from) * (sketch.cached ? 1 : lane.slow);
        const double from = sketch.from + own, to = from + length;
        if (from > lane.until)
            continue;
        if (to > lane.until)
            events.begin(id, start + from);
        else
            events.run(id, start + from, start + to, sketch.cached);
        if (!sketch.cached && !web)
            shift += length - (sketch.to - sketch.from);
        for (double at = from + 0.4; !sketch.cached && at < std::min(to, lane.until) - 0.1; at += 0.9 * lane.slow)
            events.log(id, start + at, "  Building wheel for numpy (pyproject.toml): still running...\n" + std::string(std::size_t(at) % 7 == 0 ? "  Collecting more\n  Downloading\n  Installing\n" : ""));
    }
}

void addInternal(EventBuilder& events, double start)
{
    events.step("definition", "[internal] load build definition from Dockerfile").run("definition", start + 0.02, start + 0.06);
    events.step("meta-base1", "[internal] load metadata for docker.io/library/python:3.12-slim", {"definition"}).run("meta-base1", start + 0.1, start + 1.4);
    events.step("meta-node1", "[internal] load metadata for docker.io/library/node:22-slim", {"definition"}).run("meta-node1", start + 0.1, start + 1.5);
    events.step("ignore", "[internal] load .dockerignore").run("ignore", start + 0.1, start + 0.12);
    events.step("context", "[internal] load build context").run("context", start + 1.6, start + 8.2);
    events.transfer("context", "transferring context:", 12'400'000, 0, start + 8);
}

EventBuilder serviceBuild(const std::string& ref, double start, const std::string& name, double slow, double until)
{
    EventBuilder events(ref);
    events.event(record(start, name, "release"));
    addInternal(events, start);
    addService(events, start, {"linux/amd64", 1, until});
    addService(events, start, {"linux/arm64", slow, until});
    return events;
}

void addFailed(BuildStore& store, double start)
{
    EventBuilder events("ingest-1");
    events.event(record(start, "ingest:0.9", ""));
    const double ends[] = {96, 65, 70};
    int i = 0;
    for (const std::string platform : {"linux/amd64", "linux/arm64", "linux/riscv64"}) {
        events.step(platform + "1", "[" + platform + " build 1/3] FROM docker.io/library/golang:1.22").run(platform + "1", start + 1, start + 2, true);
        events.step(platform + "2", "[" + platform + " build 2/3] COPY . .", {platform + "1"}).run(platform + "2", start + 2, start + 3);
        events.step(platform + "3", "[" + platform + " build 3/3] RUN go build ./...", {platform + "2"});
        const std::string error = i == 1 ? "process \"/bin/sh -c go build ./...\" did not complete successfully: exit code: 1" : i == 2 ? "context canceled" : "";
        events.run(platform + "3", start + 3, start + ends[i++], false, error);
    }
    events.completed(start + 135, 2, "failed to solve: process \"/bin/sh -c go build ./...\" did not complete successfully: exit code: 1");
    add(store, events);
}

void addCached(BuildStore& store, double start)
{
    EventBuilder events("docs-1");
    events.event(record(start, "docs:latest", "", "default"));
    for (int i = 1; i <= 6; ++i) {
        const std::string id = "s" + std::to_string(i);
        events.step(id, "[linux/amd64 docs " + std::to_string(i) + "/6] RUN step " + std::to_string(i), i > 1 ? std::vector<std::string>{"s" + std::to_string(i - 1)} : std::vector<std::string>{});
        events.run(id, start + 0.2 + i * 1.1, start + 1.3 + i * 1.1, true);
    }
    events.completed(start + 8);
    add(store, events);
}

} // namespace

BuildId addSampleBuilds(BuildStore& store)
{
    EventBuilder running = serviceBuild("shop-backend-run", sampleNow - 192, "shop-backend:1.8.2", 9.3, 192);
    running.step("export", "exporting to image");
    add(store, running);
    EventBuilder second("edge-proxy-run");
    second.event(record(sampleNow - 41, "edge-proxy:main", "", "remote"));
    second.step("a1", "[linux/amd64 build 1/2] FROM docker.io/library/rust:1.80").run("a1", sampleNow - 40, sampleNow - 38, true);
    second.step("a2", "[linux/amd64 build 2/2] RUN cargo build --release", {"a1"}).begin("a2", sampleNow - 38);
    second.step("b1", "[linux/arm64 build 1/2] FROM docker.io/library/rust:1.80").run("b1", sampleNow - 40, sampleNow - 38, true);
    second.step("b2", "[linux/arm64 build 2/2] RUN cargo build --release", {"b1"});
    add(store, second);

    EventBuilder warm("shop-frontend-1");
    warm.event(record(sampleNow - 900, "shop-frontend:2.0", "prod"));
    addInternal(warm, sampleNow - 900);
    for (const std::string platform : {"linux/amd64", "linux/arm64"}) {
        warm.step(platform + "1", "[" + platform + " web 1/3] FROM docker.io/library/node:22").run(platform + "1", sampleNow - 898, sampleNow - 897, true);
        warm.step(platform + "2", "[" + platform + " web 2/3] RUN npm ci", {platform + "1"}).run(platform + "2", sampleNow - 897, sampleNow - 860, true);
        warm.step(platform + "3", "[" + platform + " web 3/3] COPY src ./src", {platform + "2", "context"}).run(platform + "3", sampleNow - 860, sampleNow - 860 + (platform == "linux/arm64" ? 19 : 7));
    }
    warm.completed(sampleNow - 838);
    add(store, warm);

    EventBuilder slow = serviceBuild("shop-backend-1", sampleNow - 2700, "shop-backend:1.8.1", 9.3, 1e9);
    slow.completed(sampleNow - 2700 + 588);
    add(store, slow);
    addFailed(store, sampleNow - 3400);
    EventBuilder native = serviceBuild("edge-proxy-1", sampleNow - 40000, "edge-proxy:1.4", 1.2, 1e9);
    native.completed(sampleNow - 40000 + 270);
    add(store, native);
    addCached(store, sampleNow - 50000);
    store.flush();
    return store.builds().ids().front();
}

BuildId addLargeBuild(BuildStore& store, int steps)
{
    EventBuilder events("large");
    events.event(record(0, "large:1", ""));
    for (int i = 0; i < steps; ++i) {
        const std::string platform = i % 2 ? "linux/amd64" : "linux/arm64";
        const std::string id = "l" + std::to_string(i);
        events.step(id, "[" + platform + " build " + std::to_string(i / 2 + 1) + "/" + std::to_string(steps) + "] RUN make target-" + std::to_string(i), i > 1 ? std::vector<std::string>{"l" + std::to_string(i - 2)} : std::vector<std::string>{});
        events.run(id, i * 0.05, i * 0.05 + 0.09, i % 3 == 0);
    }
    events.completed(steps * 0.05 + 1);
    store.apply(std::make_shared<const EventBatch>(events.batch()));
    store.flush();
    return store.builds().ids().back();
}

} // namespace layerline::test
