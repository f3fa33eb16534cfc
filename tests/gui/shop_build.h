// The build of the mock pictures: two platforms, one of them emulated, still running.
#pragma once

#include "domain/build_store.h"
#include "domain/clock.h"
#include "support/event_builder.h"

#include <memory>

namespace layerline::test {

/// 192 s after its begin, arm64 is in the middle of pip install.
inline double shopNow() { return 192; }

inline void shopPlatform(EventBuilder& b, const std::string& arch, bool slow)
{
    const std::string p = "[linux/" + arch + " ";
    const auto id = [&](const char* name) { return arch + "-" + name; };
    b.step(id("base"), p + "base 1/4] FROM docker.io/library/python:3.12-slim@sha256:1f0e5a3cc7b88d9a77c41e7ac17b5a2c8f4a5f3f7c1d66b6a0a4b3c2d1e0c2c2");
    b.step(id("workdir"), p + "base 2/4] WORKDIR /app", {id("base")});
    b.step(id("reqs"), p + "base 3/4] COPY requirements.txt .", {id("workdir"), "ctx"});
    b.step(id("pip"), p + "base 4/4] RUN pip install -r requirements.txt", {id("reqs")});
    b.step(id("node"), p + "assets 1/6] FROM docker.io/library/node:22-slim@sha256:77aa5a3cc7b88d9a77c41e7ac17b5a2c8f4a5f3f7c1d66b6a0a4b3c2d1e0c277");
    b.step(id("pkg"), p + "assets 2/6] COPY package.json package-lock.json ./", {id("node"), "ctx"});
    b.step(id("npmci"), p + "assets 3/6] RUN npm ci --no-audit --no-fund", {id("pkg")});
    b.step(id("root"), p + "assets 4/6] COPY root-" + arch + "/ /", {id("npmci"), "ctx"});
    b.step(id("web"), p + "assets 5/6] COPY web/ ./web", {id("root"), "ctx"});
    b.step(id("npmbuild"), p + "assets 6/6] RUN npm run build", {id("web")});
    b.step(id("static"), p + "release 1/4] COPY --from=assets /app/dist ./static", {id("pip"), id("npmbuild")});
    b.step(id("src"), p + "release 2/4] COPY src/ ./src", {id("static"), "ctx"});
    b.step(id("compile"), p + "release 3/4] RUN python -m compileall -q src", {id("src")});
    b.step(id("user"), p + "release 4/4] RUN useradd -r app", {id("compile")});
    b.run(id("base"), 2, 2.1, true).run(id("workdir"), 2.2, 2.3, true).run(id("reqs"), 6, slow ? 6.3 : 6.2);
    b.run(id("node"), 2, slow ? 9 : 5).transfer(id("node"), "sha256:aa layer", 41'200'000, 41'200'000, 4);
    b.run(id("pkg"), 9, 9.1, true).run(id("npmci"), 9.1, 9.2, true).run(id("root"), 9.2, slow ? 9.6 : 9.4);
    b.run(id("web"), 10, slow ? 10.2 : 10.1).run(id("npmbuild"), 10.3, slow ? 41.3 : 13.4);
    if (slow)
        b.begin(id("pip"), 24);
    else
        b.run(id("pip"), 24, 42.1).run(id("static"), 43, 43.2).run(id("src"), 43.5, 43.9).run(id("compile"), 44, 52).run(id("user"), 52, 52.6);
}

/// Everything of it as one batch.
inline EventBatch shopBatch()
{
    EventBuilder b("shop", "worker");
    b.started(0, "multi");
    ev::RecordUpdated record;
    record.builder = "multi";
    record.name = "shop-backend";
    record.frontendAttrs = {{"target", "release"}, {"filename", "Dockerfile"}, {"platform", "linux/amd64,linux/arm64"}};
    b.event(record);
    b.step("def", "[internal] load build definition from Dockerfile").run("def", 0.1, 0.3);
    b.step("meta", "[internal] load metadata for docker.io/library/python:3.12-slim").run("meta", 0.4, 1.6);
    b.step("ignore", "[internal] load .dockerignore").run("ignore", 1.7, 1.8);
    b.step("ctx", "[internal] load build context").run("ctx", 2.0, 5.2).transfer("ctx", "transferring context", 12'400'000, 0, 5);
    shopPlatform(b, "amd64", false);
    shopPlatform(b, "arm64", true);
    b.step("export", "exporting to image");
    const char* lines[] = {"Collecting numpy==2.1.2 (from -r requirements.txt (line 4))\n", "  Downloading numpy-2.1.2.tar.gz (20.2 MB)\n",
                           "     \x1b[38;5;70m━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━\x1b[0m \x1b[32m20.2/20.2 MB\x1b[0m \x1b[31m11.8 MB/s\x1b[0m\n",
                           "  Installing build dependencies: started\n", "  Installing build dependencies: finished with status 'done'\n",
                           "  \x1b[33mno wheel for aarch64: building numpy from source (emulated)\x1b[0m\n",
                           "  Building wheel for numpy (pyproject.toml): started\n", "  see https://pip.pypa.io/en/stable/cli/pip_install/ for help\n",
                           "  10%\r  50%\r  Building wheel for numpy (pyproject.toml): still running...\n"};
    const double times[] = {25.2, 25.9, 28.0, 29.1, 65.7, 66.0, 66.1, 128.3, 190.5};
    for (int i = 0; i < 9; ++i) {
        b.log("arm64-pip", times[i], lines[i]);
        b.log("amd64-npmbuild", 10.5 + i * 0.3, "\x1b[36mvite\x1b[0m transforming " + std::to_string(i * 31) + " modules\n");
    }
    b.log("arm64-npmbuild", 33, "warning: 2 deprecated packages\n", 2);
    return b.batch();
}

} // namespace layerline::test
