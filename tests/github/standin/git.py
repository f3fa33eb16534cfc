"""Repositories of the stand-in: bare ones of git itself, so that shas, histories, refs and merges are what git makes of them."""
import os
import subprocess
from pathlib import Path


class GitError(Exception):
    """git refused; the text is its own."""


class Git:
    def __init__(self, folder, clock):
        self.folder, self.clock = Path(folder), clock
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(folder)], check=True)

    def run(self, *arguments, data=None, environment=None, text=True):
        done = subprocess.run(["git", "-C", str(self.folder), *arguments], input=data, capture_output=True,
                              env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C",
                                   **(environment or {})})
        if done.returncode:
            raise GitError(done.stderr.decode(errors="replace").strip())
        return done.stdout.decode(errors="replace").rstrip("\n") if text else done.stdout

    def resolve(self, name):
        """The commit a branch, tag or sha stands for, or None."""
        for candidate in (f"refs/heads/{name}", f"refs/tags/{name}", name):
            try:
                return self.run("rev-parse", "--verify", "-q", candidate + "^{commit}")
            except GitError:
                continue
        return None

    def entry(self, commit, path):
        """(type, sha, size) of a path in a commit; None when it is not there."""
        lines = self.run("ls-tree", "-l", "-z", commit, "--", path.rstrip("/")).split("\0")
        if not lines[0]:
            return None
        _, kind, sha, size = lines[0].split("\t")[0].split()
        return kind, sha, 0 if size == "-" else int(size)

    def listing(self, commit, path):
        """[(name, type, sha, size)] of a folder."""
        rows = self.run("ls-tree", "-l", "-z", f"{commit}:{path}" if path else commit).split("\0")
        out = []
        for row in filter(None, rows):
            meta, name = row.split("\t")
            _, kind, sha, size = meta.split()
            out.append((name, kind, sha, 0 if size == "-" else int(size)))
        return out

    def blob(self, sha):
        return self.run("cat-file", "blob", sha, text=False)

    def commit_file(self, branch, path, content, message, parent=None):
        """Writes (or with None removes) one file on top of a branch; makes the branch if there is none. Returns the commit."""
        parent = parent or self.resolve(branch)
        index = {"GIT_INDEX_FILE": str(self.folder / "stand-in-index")}
        (self.folder / "stand-in-index").unlink(missing_ok=True)
        if parent:
            self.run("read-tree", parent, environment=index)
        if content is None:
            # --force-remove wants a work tree.
            self.run("update-index", "-z", "--index-info", data=f"0 {'0' * 40}\t{path}\0".encode(), environment=index)
        else:
            sha = self.run("hash-object", "-w", "--stdin", data=content)
            self.run("update-index", "--add", "--cacheinfo", f"100644,{sha},{path}", environment=index)
        tree = self.run("write-tree", environment=index)
        commit = self.commit_tree(tree, message, [parent] if parent else [])
        self.run("update-ref", f"refs/heads/{branch}", commit)
        return commit

    def commit_tree(self, tree, message, parents):
        date = f"{int(self.clock.now())} +0000"
        who = {"GIT_AUTHOR_NAME": "Mona Lisa", "GIT_AUTHOR_EMAIL": "mona@example.com", "GIT_AUTHOR_DATE": date,
               "GIT_COMMITTER_NAME": "Mona Lisa", "GIT_COMMITTER_EMAIL": "mona@example.com", "GIT_COMMITTER_DATE": date}
        flags = [part for parent in parents for part in ("-p", parent)]
        return self.run("commit-tree", tree, *flags, data=message.encode(), environment=who)

    def merge(self, base, head, message):
        """A merge commit of two commits; GitError on a conflict."""
        tree = self.run("merge-tree", "--write-tree", base, head).splitlines()[0]
        return self.commit_tree(tree, message, [base, head])

    def log(self, start, path=None, limit=100, skip=0):
        """The shas of commits, newest first; those that touch the path when one is given. Renames are not followed."""
        arguments = ["log", "--format=%H", f"--max-count={limit}", f"--skip={skip}", start]
        out = self.run(*arguments, "--", *([path] if path else []))
        return out.split()

    def describe(self, sha):
        """dict of one commit: sha, tree, parents, message, date (ISO), name, email."""
        raw = self.run("show", "-s", "--format=%H%x00%T%x00%P%x00%cI%x00%an%x00%ae%x00%B", sha).split("\0")
        return {"sha": raw[0], "tree": raw[1], "parents": raw[2].split(), "date": raw[3].replace("+00:00", "Z"), "name": raw[4],
                "email": raw[5], "message": raw[6].rstrip("\n")}

    def count(self, base, head):
        """How many commits head has that base has not."""
        return int(self.run("rev-list", "--count", f"{base}..{head}"))

    def is_ancestor(self, old, new):
        try:
            self.run("merge-base", "--is-ancestor", old, new)
            return True
        except GitError:
            return False

    def refs(self, prefix):
        """[(name, sha)] below refs/."""
        rows = self.run("for-each-ref", "--format=%(refname) %(objectname)", f"refs/{prefix}*").splitlines()
        rows += self.run("for-each-ref", "--format=%(refname) %(objectname)", f"refs/{prefix}").splitlines()
        return sorted({tuple(row.split()) for row in rows})
