"""A hub on a real server: a `Place` for the contract, and raw connections for the rights."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from tests.fakes.servers import KEEPER, PASSWORD, Postgres
from tierline.sync.hub import Hub
from tierline.sync.hubs import postgres_keeping
from tierline.sync.hubs.address import Address
from tierline.sync.hubs.persons import Notice
from tierline.sync.hubs.postgres import PostgresHub
from tierline.sync.hubs.rights import Role


def password() -> str:
    """The keeper's."""
    return PASSWORD


class Server:
    """A database with a hub; its people are made as they come."""

    secrets: dict[tuple[int, str], str] = {}  # logins are the server's, and outlive a database

    def __init__(self, server: Postgres) -> None:
        self.server = server
        self.database = server.make_database()
        self.keeper = server.address(KEEPER, self.database)
        postgres_keeping.create(self.keeper, password, "hub")

    def drop(self) -> None:
        """Take the database away."""
        self.server.drop_database(self.database)

    def let_in(self, login: str, role: Role, notice: Notice | None = None) -> Address:
        """Grant, and where that person finds the hub."""
        secret = postgres_keeping.grant(self.keeper, password, login, role, notice)
        if secret:
            self.secrets[self.server.port, login] = secret
        return self.server.address(login, self.database)

    def secret(self, login: str) -> str:
        """The password of a person."""
        return self.secrets[self.server.port, login]

    def session(self, login: str, role: Role = "technician") -> Hub:
        return PostgresHub(self.let_in(login, role), lambda: self.secret(login))

    def revoke(self, login: str, notice: Notice | None = None) -> None:
        postgres_keeping.revoke(self.keeper, password, login, notice)

    def grant(self, login: str, role: Role, notice: Notice) -> None:
        self.let_in(login, role, notice)

    def require(self, least: str, since: int) -> None:
        with self.as_keeper() as base:
            base.execute("UPDATE tierline.hub SET least = %s, least_since = %s", (least, since))

    @contextmanager
    def as_keeper(self) -> Iterator[psycopg.Connection[Any]]:
        """The superuser's connection to this database."""
        with self.server.keeper(self.database) as base:
            yield base

    @contextmanager
    def raw(self, login: str) -> Iterator[psycopg.Connection[Any]]:
        """A person's own connection, as any SQL client has it."""
        with psycopg.connect(
            host="127.0.0.1",
            port=self.server.port,
            user=login,
            password=self.secret(login),
            dbname=self.database,
            autocommit=True,
        ) as base:
            yield base
