-- :name user-by-id :? :1
-- :doc A user
select id, name from users where id = :v:user-id

-- :name users-by-ids :? :*
select :i*:cols from :i:table where id in (:v*:ids)

-- :name insert-users :! :n
insert into users (id, name) values :tuple*:users

-- :name everything :? :*
select * from users
