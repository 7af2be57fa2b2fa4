// runtime/undici.ts: the parts of undici that the shop uses; the whole of it weighs a megabyte in each zip.
// Used by whatever calls another component, the cloud or a customer's receiver.
/// <reference path="./undici-parts.d.ts" preserve="true" />
import request from 'undici/lib/api/api-request.js';
import buildConnector from 'undici/lib/core/connect.js';
import Client from 'undici/lib/dispatcher/client.js';
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import DecoratorHandler from 'undici/lib/handler/decorator-handler.js';

// The index of undici adds this and four other methods, which nobody here calls.
Dispatcher.prototype.request = request;

export { buildConnector, Client, DecoratorHandler, Dispatcher, Pool };
