#!/usr/bin/python3
"""Everything that can go wrong between Layerline and GitHub gives one clear line, the right exit status, and no request that
was not allowed yet."""
import json
import subprocess
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from standin import faults  # noqa: E402
from standin.script import Job  # noqa: E402
from support import Case, Home, layerline, start, wait_until  # noqa: E402


class FaultCase(Case):
    def setUp(self):
        super().setUp()
        self.shop = self.world.add_repository("octo/shop")
        self.run_ = self.shop.add_run(jobs=[Job("build")], created=self.clock.now() - 600)
        self.home = Home(self)

    def fault(self, act, pattern="", times=None):
        self.front.faults.append(faults.Fault(pattern, act, times))

    def refused(self, *words, arguments=("runs", "octo/shop", "--json")):
        """Runs it; one line that holds the words, status 2, nothing on standard output."""
        done = layerline(self.home, *arguments)
        self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        for word in words:
            self.assertIn(word.lower(), done.stderr.lower())
        self.assertNotIn(self.github.token, done.stderr)
        return done.stderr

    def works(self):
        done = layerline(self.home, "runs", "octo/shop", "--json")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return json.loads(done.stdout)


class Faults(FaultCase):
    def test_statuses(self):
        for status, message in ((401, "Bad credentials"), (403, "Resource not accessible by personal access token"), (404, "Not Found"),
                                (409, "Git Repository is empty."), (410, "This artifact has expired"), (422, "Validation Failed"),
                                (451, "Repository access blocked"), (500, "Server Error"), (503, "Service unavailable")):
            with self.subTest(status):
                self.front.reset()
                self.fault(faults.answers(status, message))
                self.refused(str(status), message)

    def test_an_error_that_is_no_json(self):
        self.fault(faults.answers(502, body=b"<html><body>" + b"Unicorn! " * 10000 + b"</body></html>"))
        self.assertLess(len(self.refused("502")), 500)

    def test_an_error_halfway(self):
        self.fault(faults.answers(500, "Server Error"), "/jobs")
        self.refused("500")

    def test_a_token_that_may_not(self):
        self.world.add_account("reader", permissions={"contents": "read"})
        self.home.environment["GH_TOKEN"] = "reader"
        self.refused("403", "actions=read")

    def test_a_wrong_token_and_none(self):
        self.home.environment["GH_TOKEN"] = "ghp_wrong"
        self.assertNotIn("ghp_wrong", self.refused("401"))
        del self.home.environment["GH_TOKEN"]
        self.refused("401")

    def test_a_repository_that_is_not_there(self):
        self.refused("404", arguments=("runs", "octo/none", "--json"))

    def test_bad_json(self):
        for body in (b"", b"{", b"[]", b"null", b'{"workflow_runs": 7}', b"\xff\xfe{}", b"[" * 100000):
            with self.subTest(body[:20]):
                self.front.reset()
                self.fault(faults.answers(200, body=body))
                self.refused()

    def test_a_truncated_body(self):
        self.fault(faults.truncated)
        self.refused()

    def test_a_connection_that_breaks(self):
        self.fault(faults.cut)
        self.refused()

    def test_a_slow_body_is_waited_for(self):
        slow = faults.Slow()
        self.fault(slow, times=1)
        running = start(self.home, "runs", "octo/shop", "--json")
        try:
            self.assertTrue(slow.begun.wait(30))
            with self.assertRaises(subprocess.TimeoutExpired):
                running.wait(timeout=2)
        finally:
            slow.release.set()
            out, err = running.communicate(timeout=60)
        self.assertEqual((running.returncode, err, len(json.loads(out)["runs"])), (0, "", 1))

    def test_a_certificate_nobody_trusts(self):
        self.home.environment["GITHUB_API_URL"] = f"https://127.0.0.1:{self.front.listen_tls(self.github.folder)}"
        self.refused("certificate")
        self.assertEqual(self.front.seen, [], "the token must not have been sent")

    def test_offline_and_back(self):
        self.front.go_offline()
        try:
            self.refused("127.0.0.1")
        finally:
            self.front.come_back()
        self.assertEqual(len(self.works()["runs"]), 1)

    def test_a_redirect_to_another_host_does_not_take_the_token_along(self):
        self.fault(faults.redirects(self.github.blobs.publish(b'{"total_count": 0, "workflow_runs": []}', "application/json",
                                                              self.clock.now() + 60)))
        layerline(self.home, "runs", "octo/shop", "--json")
        self.assertEqual(self.github.blobs.tokens, [])

    def test_a_link_to_another_host_is_not_followed_with_the_token(self):
        def elsewhere(handler):
            reply = handler.real()
            reply.headers["Link"] = f'<{self.github.blobs.base}/repos/octo/shop/actions/runs?page=2>; rel="next"'
            handler.reply(reply)
        self.fault(elsewhere, "runs.per_page", 1)
        layerline(self.home, "runs", "octo/shop", "--json", "--limit", "1000")
        self.assertEqual(self.github.blobs.tokens, [])

    def test_a_wrong_clock_on_either_side(self):
        for skew in (-7200, 7200):
            self.front.skew = skew
            self.assertEqual(self.works()["runs"][0]["conclusion"], "success")

    def test_a_token_over_plain_http_to_another_machine_is_refused(self):
        self.home.environment["GITHUB_API_URL"] = "http://192.0.2.1:80"
        self.refused("https")

    def test_bad_usage(self):
        for arguments in (("runs",), ("runs", "octo"), ("runs", "octo/shop", "extra"), ("runs", "octo/shop", "--run", "x"),
                          ("runs", "octo/shop", "--none"), ("runs", "../../etc/passwd"), ("runs", "o/r?x=1")):
            with self.subTest(arguments):
                self.refused(arguments=arguments)
        self.assertEqual(self.front.seen, [])


class Limits(FaultCase):
    """Nothing at all before Retry-After or the reset has passed."""

    def sent(self):
        return [seen.moment for seen in self.front.seen]

    def gap(self):
        moments = self.sent()
        return moments[1] - moments[0]

    def test_secondary_limit(self):
        for status in (403, 429):
            with self.subTest(status):
                self.front.reset()
                self.fault(faults.secondary_limit(2, status), times=1)
                self.assertEqual(len(self.works()["runs"]), 1)
                self.assertGreaterEqual(self.gap(), 2.0)

    def test_primary_limit(self):
        for skew in (0, -7200, 7200):   # of GitHub's clock, by which it names the reset
            with self.subTest(skew=skew):
                self.front.reset()
                self.front.skew = skew
                self.fault(faults.primary_limit(self.world, 2 + skew), times=1)
                self.assertEqual(len(self.works()["runs"]), 1)
                self.assertGreaterEqual(self.gap(), 2.0)

    def test_the_last_request_of_the_hour_is_not_overdrawn(self):
        """remaining 0 on a good answer: the next one waits for the reset without being refused first."""
        def last(handler):
            reply = handler.real()
            reply.headers = {name: text for name, text in reply.headers.items() if "ratelimit" not in name.lower()}
            reply.headers.update({"X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "0", "X-RateLimit-Resource": "core",
                                  "X-RateLimit-Reset": str(int(self.clock.now()) + 3)})
            handler.reply(reply)
        self.fault(last, times=1)
        self.assertEqual(len(self.works()["runs"]), 1)
        self.assertGreaterEqual(self.gap(), 2.0)

    def test_a_limit_without_a_time(self):
        """At least a minute: a command does say so instead of hammering."""
        self.fault(faults.answers(403, "You have exceeded a secondary rate limit."))
        running = start(self.home, "runs", "octo/shop", "--json")
        try:
            wait_until(lambda: self.front.count(status=403), what="the refusal")
            with self.assertRaises(subprocess.TimeoutExpired):
                running.wait(timeout=3)
            self.assertEqual(len(self.sent()), 1)
        finally:
            running.kill()
            running.communicate()

    def test_a_limit_for_an_hour_is_said_at_once(self):
        for act in (faults.secondary_limit(3600), faults.primary_limit(self.world, 3600)):
            self.front.reset()
            self.fault(act)
            self.refused("rate limit")
            self.assertEqual(len(self.sent()), 1)


if __name__ == "__main__":
    unittest.main()
