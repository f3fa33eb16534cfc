// A builder with one finished build, for tests in other languages: serves the socket it is named until its standard input ends.
#include "support/fake_buildkitd/fake_buildkitd.h"

#include <ctime>
#include <iostream>
#include <string>

using namespace layerline::test;

int main(int count, char** arguments)
{
    if (count != 3) {
        std::cerr << "usage: fake_engine SOCKET REF\n";
        return 2;
    }
    FakeBuildkitd engine(arguments[1]);
    bk::BuildHistoryRecord finished = record(arguments[2]);
    const std::time_t now = std::time(nullptr); // old ones are not kept
    finished.mutable_createdat()->set_seconds(now - 60);
    finished.mutable_completedat()->set_seconds(now - 10);
    *finished.mutable_logs() = engine.addBlob(storedLog({vertex("sha256:a", "[1/1] RUN make everything", 2, 3), logLines("sha256:a", 0, 20)}),
                                              "application/vnd.buildkit.status.v0");
    engine.publish(bk::COMPLETE, finished);
    engine.start();
    std::cout << engine.address() << std::endl;
    for (std::string line; std::getline(std::cin, line);) {
    }
    return 0;
}
