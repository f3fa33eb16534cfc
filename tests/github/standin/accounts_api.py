"""The account's own routes of the fake: who am I, what is left of the budget, the repository itself, the device flow."""
import json
import secrets
from urllib.parse import urlencode

from .answers import Answer, missing, route


@route("GET", "/user")
def user(request):
    return Answer(dict(request.shapes.example("private-user-response-with-public-profile-information"),
                       **request.shapes.user(request.account.login)))


@route("GET", "/orgs/{}", "members")
def organisation(request):
    """The plan is shown to who administers it."""
    login = request.args[0]
    wanted = [repository for name, repository in request.world.repositories.items() if name.startswith(login.lower() + "/") and repository.organisation]
    if not wanted:
        raise missing()
    out = request.shapes.example("organization-full")
    out.update(login=login, archived_at=None, plan={"name": wanted[0].organisation, "space": 976562499, "private_repos": 999999, "filled_seats": 4, "seats": 5})
    if not request.account.may("administration", False):
        del out["plan"]
    return Answer(out)


@route("GET", "/rate_limit")
def rate_limit(request):
    """Asking costs nothing."""
    account = request.account
    core = {"limit": account.limit, "used": account.used, "remaining": max(account.limit - account.used, 0),
            "reset": int(account.window + 3600)}
    out = request.shapes.example("rate-limit-overview")
    out["resources"]["core"], out["rate"] = core, dict(core)
    return Answer(out)


@route("GET", "/repos/{}/{}", "metadata")
def repository(request):
    write = request.account.may("contents", True)
    return Answer(request.shapes.full_repository({"admin": request.account.may("administration", True), "push": write, "pull": True}))


# The device flow lies on the site, not the API; the description knows nothing of it.

def device_code(world, form, site, now):
    """POST /login/device/code. The test says who confirms: world.devices[code]["token"] = ... or ["denied"] = True."""
    if not form.get("client_id"):
        return {"error": "incorrect_client_credentials", "error_description": "The client_id is not right."}
    code = secrets.token_hex(20)
    world.devices[code] = {"client": form["client_id"], "scope": form.get("scope", ""), "expires": now + 900, "interval": 5,
                           "polled": None, "token": None, "denied": False, "user_code": "WDJB-MJHT"}
    return {"device_code": code, "user_code": "WDJB-MJHT", "verification_uri": site + "/login/device", "expires_in": 900, "interval": 5}


def access_token(world, form, now):
    """POST /login/oauth/access_token. Whoever polls faster than the interval is told to wait 5 s longer."""
    device = world.devices.get(form.get("device_code"))
    if form.get("grant_type") != "urn:ietf:params:oauth:grant-type:device_code":
        return {"error": "unsupported_grant_type"}
    if device is None or device["client"] != form.get("client_id"):
        return {"error": "incorrect_device_code"}
    if now >= device["expires"]:
        return {"error": "expired_token"}
    early = device["polled"] is not None and now - device["polled"] < device["interval"]
    device["polled"] = now
    if early:
        device["interval"] += 5
        return {"error": "slow_down", "interval": device["interval"]}
    if device["denied"]:
        return {"error": "access_denied"}
    if device["token"] is None:
        return {"error": "authorization_pending"}
    return {"access_token": device["token"], "token_type": "bearer", "scope": device["scope"]}


def encode(answer, accept):
    """JSON for those who ask for it, else a form, as GitHub does. Returns (type, bytes)."""
    if "json" in (accept or ""):
        return "application/json; charset=utf-8", json.dumps(answer).encode()
    return "application/x-www-form-urlencoded; charset=utf-8", urlencode(answer).encode()
