#include "analysis/ci/failures.h"

#include <QtTest>

#include <set>

using namespace layerline;

class TestFailures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void recognised_data();
    void recognised();
    void nearMisses_data();
    void nearMisses();
    void everyKindHasRemediesAndAnExample();
    void aLogIsReadOnce();
    void killedIsMemoryOnlyWithoutAnotherCause();
    void hostileLines();
};

void TestFailures::recognised_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("detail");
    const auto row = [](const char* line, const char* kind, const char* detail = "") { QTest::newRow(line) << QByteArray(line) << QByteArray(kind) << QByteArray(detail); };
    row("#11 0.274 exec /bin/sh: exec format error", "no-emulator", "/bin/sh");
    row("2025-12-04T08:20:57.3619920Z \x1b[31m#9 ERROR: exec user process caused: exec format error\x1b[0m", "no-emulator");
    row("#7 0.101 .buildkit_qemu_emulator: /bin/sh: Invalid ELF image for this architecture", "no-emulator");
    row("ERROR: failed to solve: python:3.7-slim-stretch: no match for platform in manifest sha256:abc: not found", "no-match-for-platform", "python:3.7-slim-stretch");
    row("#2 ERROR: 127.0.0.1:5000/base:1: failed to resolve source metadata for 127.0.0.1:5000/base:1: no match for platform in manifest sha256:ab: not found", "no-match-for-platform",
        "127.0.0.1:5000/base:1");
    row("no matching manifest for linux/arm64/v8 in the manifest list entries", "no-match-for-platform", "linux/arm64/v8");
    row("#14 812.2 qemu: uncaught target signal 11 (Segmentation fault) - core dumped", "qemu-crash", "11");
    row("#20 ERROR: write /var/lib/docker/tmp/x: no space left on device", "disk-full");
    row("npm ERR! code ENOSPC", "disk-full");
    row("c++: fatal error: Killed signal terminated program cc1plus", "out-of-memory");
    row("FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory", "out-of-memory");
    row("Exception in thread \"main\" java.lang.OutOfMemoryError: Java heap space", "out-of-memory");
    row("ERROR: failed to do request: Head \"https://ghcr.io/v2/\": dial tcp: lookup ghcr.io on 127.0.0.53:53: no such host", "name-resolution", "ghcr.io");
    row("W: Failed to fetch http://deb.debian.org/x  Temporary failure resolving 'deb.debian.org'", "name-resolution", "deb.debian.org");
    row("npm ERR! request to https://registry.npmjs.org failed, reason: getaddrinfo EAI_AGAIN registry.npmjs.org", "name-resolution", "registry.npmjs.org");
    row("Get \"https://proxy.golang.org/x\": proxyconnect tcp: dial tcp 10.0.0.1:3128: connect: connection refused", "proxy");
    row("net/http: TLS handshake timeout", "network-timeout");
    row("dial tcp 142.250.1.1:443: i/o timeout", "network-timeout");
    row("#18 ERROR: failed to push acme/app:1: unexpected status: 401 Unauthorized", "registry-unauthorized", "acme/app:1");
    row("Error response from daemon: Get \"https://registry-1.docker.io/v2/\": unauthorized: incorrect username or password", "registry-unauthorized");
    row("#18 ERROR: failed to push ghcr.io/acme/app:1: unexpected status from POST request to https://ghcr.io/v2/acme/app/blobs/uploads/: 403 Forbidden", "registry-forbidden",
        "ghcr.io/acme/app:1");
    row("denied: requested access to the resource is denied", "registry-forbidden");
    row("denied: permission_denied: write_package", "registry-forbidden");
    row("toomanyrequests: You have reached your pull rate limit.", "registry-rate-limit");
    row("failed to copy: httpReadSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/x: 429 Too Many Requests", "registry-rate-limit");
    row("denied: User: arn:aws:sts::1:assumed-role/ci/x is not authorized to perform: ecr:InitiateLayerUpload on resource: arn:aws:ecr", "aws-permission", "ecr:InitiateLayerUpload");
    row("##[error]Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity", "aws-credentials", "sts:AssumeRoleWithWebIdentity");
    row("##[error]Credentials could not be loaded, please check your action inputs: Could not load credentials from any providers", "aws-credentials");
    row("##[error]Username and password required", "missing-secret");
    row("##[error]Input required and not supplied: token", "missing-secret", "token");
    row("ERROR: failed to solve: secret npm_token: not found", "missing-secret", "npm_token");
    row("##[error]Unable to download artifact(s): Artifact not found for name: digests-linux-arm64", "digest-artifact", "digests-linux-arm64");
    row("##[warning]No files were found with the provided path: /tmp/digests/*. No artifacts will be uploaded.", "digest-artifact", "/tmp/digests/*");
    row("ERROR: failed to parse source \"acme/app@sha256:*\": invalid reference format", "digest-artifact");
    row("#12 ERROR: unexpected commit digest sha256:aa, expected sha256:bb: failed precondition", "checksum-mismatch");
    row("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "checksum-mismatch");
    row("verifying github.com/x/y@v1.0.0: checksum mismatch", "checksum-mismatch");
    row("E: Failed to fetch http://deb.debian.org/p  Hash Sum mismatch", "checksum-mismatch");
    row("##[error]This request has been automatically failed because it uses a deprecated version of `actions/upload-artifact: v3`.", "dead-action", "actions/upload-artifact");
    row("ERROR: failed to solve: failed to compute cache key: failed to calculate checksum of ref 1ab::xyz: \"/no such/app.py\": not found", "missing-file", "/no such/app.py");
    row("#6 ERROR: failed to compute cache key: \"/package.json\" not found: not found", "missing-file", "/package.json");
}

void TestFailures::recognised()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, kind);
    QFETCH(QByteArray, detail);
    const auto found = recogniseFailure(line.toStdString(), 7);
    QVERIFY(found.has_value());
    QCOMPARE(QByteArray(toString(found->kind)), kind);
    QCOMPARE(QByteArray::fromStdString(found->detail), detail);
    QCOMPARE(found->number, std::int64_t(7));
    QVERIFY(found->line.find('\x1b') == std::string::npos);
}

void TestFailures::nearMisses_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char* line : {"#11 0.274 exec /bin/sh: permission denied", "the format of the executable is fine, no error", "#5 [linux/arm64 2/3] RUN echo no space left on device",
                             "2025-12-04T08:20:57.3619920Z ##[group]Run echo 'exec format error'", "+ grep -q 'toomanyrequests' log.txt",
                             "#8 CACHED", "Setting up qemu-user-static (1:7.2) ...", "#3 ERROR: process \"/bin/sh -c make\" did not complete successfully: exit code: 2",
                             "#9 ERROR: process \"/bin/sh -c make || echo no space left on device\" did not complete successfully: exit code: 2", "failed to compute cache key: context canceled", "matching manifest for linux/arm64 found", "space left on device: 12 GB",
                             "HTTP/1.1 200 OK", "401 tests passed", "error 4290 in table", "the server allocated memory", "memory: 12 GB free", "Could not resolve dependency: peer react@18",
                             "host lookup took 3 ms", "proxy configured: http://proxy:3128", "secret mounted at /run/secrets/npm", "artifact digests-amd64 downloaded", "checksum ok",
                             "gh: 403 Forbidden (https://api.github.com/repos/x)", "is authorized to perform: ecr:PutImage", "timeout: 30s"})
        QTest::newRow(line) << QByteArray(line);
}

void TestFailures::nearMisses()
{
    QFETCH(QByteArray, line);
    const auto found = recogniseFailure(line.toStdString());
    QVERIFY2(!found, found ? toString(found->kind) : "");
}

void TestFailures::everyKindHasRemediesAndAnExample()
{
    std::set<std::string> names;
    for (int i = 0; i <= int(FailureKind::MissingFile); ++i) {
        const auto remedies = remediesFor(FailureKind(i));
        QVERIFY(!remedies.empty() && !remediesFor(FailureKind(i), FailurePlace::Local).empty());
        for (const Remedy remedy : remedies)
            QVERIFY(*toString(remedy));
        QVERIFY(names.insert(toString(FailureKind(i))).second);
    }
}

void TestFailures::aLogIsReadOnce()
{
    FailureScanner scanner;
    scanner.add("#1 fine", 1);
    scanner.add("#2 0.1 exec /bin/sh: exec format error", 2);
    scanner.add("#3 0.1 exec /bin/sh: exec format error", 3);
    scanner.add("#3 0.1 exec /bin/bash: exec format error", 4);
    scanner.add("ERROR: process did not complete successfully: exit code: 137", 5);
    const auto found = scanner.result();
    QCOMPARE(found.size(), std::size_t(2));
    QCOMPARE(found[0].number, std::int64_t(2));
    QCOMPARE(found[1].detail, std::string("/bin/bash"));
}

void TestFailures::killedIsMemoryOnlyWithoutAnotherCause()
{
    FailureScanner scanner;
    scanner.add("ERROR: failed to solve: process \"/bin/sh -c npm ci\" did not complete successfully: exit code: 137", 9);
    QCOMPARE(scanner.result().size(), std::size_t(1));
    QCOMPARE(int(scanner.result()[0].kind), int(FailureKind::OutOfMemory));
    QVERIFY(FailureScanner().result().empty());
}

void TestFailures::hostileLines()
{
    QVERIFY(!recogniseFailure(std::string(10'000'000, 'x')));
    QVERIFY(!recogniseFailure("\x1b[\x1b[\x1b["));
    QVERIFY(!recogniseFailure(""));
    const auto found = recogniseFailure("exec " + std::string(3000, 'y') + ": exec format error");
    QVERIFY(found && found->line.size() <= 400);
}

QTEST_APPLESS_MAIN(TestFailures)
#include "test_failures.moc"
